import { AppError, type SubAppId } from '@libs/kernel'
import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { IncomingMessage } from 'node:http'

const callers = new WeakMap<IncomingMessage, SubAppId>()

/** Notes whose request this is, once that is proved. */
export function admitCaller(request: IncomingMessage, subAppId: SubAppId): void {
  callers.set(request, subAppId)
}

/** @throws AppError `auth.missing` when nobody was admitted */
export function callerOf(request: IncomingMessage): SubAppId {
  const subAppId = callers.get(request)
  if (subAppId !== undefined) return subAppId
  throw new AppError('auth.missing', 'An access key is needed.')
}

/** The sub-application that a request acts for. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<IncomingMessage>()),
)
