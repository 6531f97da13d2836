import { type KeyScope, refuseOutOfScope } from '@libs/workflow'
import type { CanActivate, ExecutionContext } from '@nestjs/common'
import type { IncomingMessage } from 'node:http'
import { admittedOf } from '../caller'

/** Lets keys through that are for what a request does; a guard comes before files of a form are read. */
export class ScopeGuard implements CanActivate {
  constructor(
    private readonly looking: KeyScope,
    private readonly acting: KeyScope,
  ) {}

  /** @throws AppError `auth.forbidden` */
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<IncomingMessage>()
    const isLook = request.method === 'GET' || request.method === 'HEAD'
    // What a page of another origin asks before it asks: no key comes with it.
    if (request.method !== 'OPTIONS') refuseOutOfScope(admittedOf(request), isLook ? this.looking : this.acting)
    return true
  }
}
