import { AppError } from '@libs/kernel'
import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { IncomingMessage } from 'node:http'
import { entityTagOf, matches } from './entity-tag'

/** To be called on what is about to be changed, in the transaction that changes it. @throws AppError `request.outdated` */
export type Precondition = (shown: unknown) => void

/** What `If-Match` asks to be there still; nothing, where there is no such header. */
export const IfMatch = createParamDecorator((_data: unknown, context: ExecutionContext): Precondition => {
  const asked = context.switchToHttp().getRequest<IncomingMessage>().headers['if-match']
  return (shown) => {
    if (asked === undefined || matches(asked, entityTagOf(shown))) return
    throw new AppError('request.outdated', 'It has changed since it was read, or was never as If-Match says.')
  }
})
