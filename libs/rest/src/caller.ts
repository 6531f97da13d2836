import { AppError, type SubAppId } from '@libs/kernel'
import type { Scoped } from '@libs/workflow'
import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { IncomingMessage } from 'node:http'

/** Whose request it is, once that is proved. */
export interface Admitted extends Scoped {
  readonly secretId: string
  /** The sub-application that the key is of. */
  readonly home: SubAppId
  /** The one that the request acts in. */
  readonly subAppId: SubAppId
}

const callers = new WeakMap<IncomingMessage, Admitted>()

export function admitCaller(request: IncomingMessage, admitted: Admitted): void {
  callers.set(request, admitted)
}

/** @throws AppError `auth.missing` when nobody was admitted */
export function admittedOf(request: IncomingMessage): Admitted {
  const admitted = callers.get(request)
  if (admitted !== undefined) return admitted
  throw new AppError('auth.missing', 'An access key is needed.')
}

function whoAsks(context: ExecutionContext): Admitted {
  return admittedOf(context.switchToHttp().getRequest<IncomingMessage>())
}

/** The sub-application that a request acts in. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext) => whoAsks(context).subAppId)

/** What the caller's key is for. */
export const CallerScopes = createParamDecorator((_data: unknown, context: ExecutionContext): Scoped =>
  whoAsks(context),
)

/** The sub-application that the caller's key is of. */
export const Home = createParamDecorator((_data: unknown, context: ExecutionContext) => whoAsks(context).home)
