import { countRefusal } from '@libs/health'
import { AppError, type ErrorCode, toAppError } from '@libs/kernel'
import { HttpException } from '@nestjs/common'
import { type ServerResponse, STATUS_CODES } from 'node:http'
import { z } from 'zod'

/** HTTP statuses of refusals. Those of tasks are listed for the day on which a request meets one. */
export const statusOf: Readonly<Record<ErrorCode, number>> = {
  'request.malformed': 400,
  'request.tooLarge': 413,
  'request.unsupportedMethod': 405,
  'request.unknownAction': 404,
  'request.unsupportedVersion': 400,
  'request.missingParameter': 422,
  'request.unknownParameter': 422,
  'request.invalidParameter': 422,
  'request.invalidValue': 422,
  'request.outdated': 412,
  'request.keyReused': 422,
  'request.underWay': 409,
  'request.tooOften': 429,
  'request.overload': 503,
  'request.unsupportedEncoding': 415,
  'auth.missing': 401,
  'auth.malformed': 401,
  'auth.unknownKey': 401,
  'auth.badSignature': 401,
  'auth.expired': 401,
  'auth.replayed': 401,
  'auth.forbidden': 403,
  'auth.tooOften': 429,
  'accessKey.notFound': 404,
  'accessKey.last': 409,
  'subApp.notFound': 404,
  'subApp.off': 403,
  'subApp.limitReached': 409,
  'subApp.busy': 429,
  'file.forbidden': 403,
  'feature.unsupported': 422,
  'template.notFound': 422,
  'template.limitReached': 409,
  'template.isPreset': 409,
  'procedure.notFound': 422,
  'procedure.alreadyExists': 409,
  'procedure.limitReached': 409,
  'procedure.isPreset': 409,
  'queue.notFound': 404,
  'queue.alreadyExists': 409,
  'queue.limitReached': 409,
  'queue.inUse': 409,
  'media.notFound': 404,
  'media.tooManyTags': 409,
  'media.tooManyMarks': 409,
  'run.notFound': 404,
  'run.hasBegun': 409,
  'task.notFound': 404,
  'task.notFailed': 409,
  'upload.notFound': 404,
  'upload.noBytes': 409,
  'upload.wrongOffset': 409,
  'upload.busy': 423,
  'session.duplicate': 409,
  'events.none': 404,
  'events.unknownHandle': 409,
  'delivery.notFound': 404,
  'webhook.notFound': 404,
  'webhook.alreadyExists': 409,
  'webhook.limitReached': 409,
  'url.refused': 422,
  'task.invalidOffset': 422,
  'task.invalidConfiguration': 422,
  'task.resultTooLarge': 422,
  'media.noVideo': 422,
  'media.noResolution': 422,
  'media.empty': 422,
  'media.notMedia': 422,
  'media.truncated': 422,
  'media.malformed': 422,
  'media.unsupported': 422,
  'media.encrypted': 422,
  'media.tooManyPixels': 422,
  'media.crashedDecoder': 422,
  'media.tooMuchMemory': 422,
  'media.notAccessible': 422,
  'media.temporarilyNotAccessible': 503,
  'task.crashed': 500,
  'task.timedOut': 500,
  'task.aborted': 500,
  'storage.failed': 503,
  'storage.full': 507,
  internal: 500,
}

/** What bodies name and addresses too: at an address of its own it is not there. */
const addresses: Readonly<Partial<Record<ErrorCode, string>>> = {
  'template.notFound': '/v1/templates/',
  'procedure.notFound': '/v1/procedures/',
}

/** The HTTP status of a refusal at a path. */
export function statusAt(path: string, code: ErrorCode): number {
  const address = addresses[code]
  return address !== undefined && path.toLowerCase().startsWith(address) ? 404 : statusOf[code]
}

/** Problem details (RFC 9457), extended by `code` and `field`. */
export const problem = z
  .object({
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(statusOf) as [ErrorCode, ...ErrorCode[]]),
    detail: z.string(),
    field: z.string().optional().meta({ description: 'The path of what is wrong in the request.' }),
  })
  .meta({ id: 'Problem' })

/** When to come again, where waiting helps. */
const retryAfterSeconds: Readonly<Partial<Record<ErrorCode, number>>> = {
  'request.tooOften': 1,
  'request.overload': 1,
  'request.underWay': 1,
  'subApp.busy': 10,
  'auth.tooOften': 60,
}

/** Any thrown value as a catalogued error; the framework's refusals are told by their status. */
export function toRefusal(thrown: unknown): AppError {
  if (!(thrown instanceof HttpException)) return toAppError(thrown)
  const status = thrown.getStatus()
  if (status === 404) return new AppError('request.unknownAction', 'There is nothing at this address.')
  if (status === 413) return new AppError('request.tooLarge', 'The request is too large.', { cause: thrown })
  if (status < 500) return new AppError('request.malformed', thrown.message, { cause: thrown })
  return toAppError(thrown.cause ?? thrown)
}

/** Answers with problem details. Nothing of the cause leaves. @param status where a protocol of its own asks for another */
export function sendProblem(
  response: ServerResponse,
  error: AppError,
  status = statusAt(response.req.url ?? '', error.code),
): void {
  if (response.headersSent || response.destroyed) return
  countRefusal(error.code)
  const told: z.output<typeof problem> = {
    title: STATUS_CODES[status] ?? '',
    status,
    code: error.code,
    detail: error.message,
    ...(error.field && { field: error.field }),
  }
  if (status === 401) response.setHeader('WWW-Authenticate', 'Basic realm="stillflow", charset="UTF-8"')
  // What would be taken instead (RFC 9110, section 12.5.3).
  if (status === 415) response.setHeader('Accept-Encoding', 'identity')
  const retryAfterS = retryAfterSeconds[error.code]
  if (retryAfterS !== undefined) response.setHeader('Retry-After', String(retryAfterS))
  response.writeHead(status, { 'Content-Type': 'application/problem+json' }).end(JSON.stringify(told))
}
