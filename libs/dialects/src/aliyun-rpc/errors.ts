import type { AppError, ErrorCode, Fault } from '@libs/kernel'
import { VendorRefusal } from '../parameters/vendor-refusal'

/** What a refusal is called, and the status that it comes with. */
export interface VendorWords {
  readonly code: string
  readonly status: number
}

/** `Response` members of a refusal, with its HTTP status. */
export interface VendorError {
  readonly Code: string
  readonly Message: string
  readonly status: number
}

const words = (code: string, status = 400): VendorWords => ({ code, status })
const parameter = words('InvalidParameter')
const denied = words('OperationDenied', 403)
const missing = words('NoSuchResource', 404)
const media = words('Forbidden.IllegalStatus')
/** The vendor's own spelling. */
const unavailable = words('ServiceUnAvailable', 503)
const internal = words('InternalError', 500)

/**
 * The words for every error of ours (Alibaba Cloud, "Common errors of POP", and the error codes of ApsaraVideo VOD, which
 * IMS shares).
 */
export const vendorWords: Readonly<Record<ErrorCode, VendorWords>> = {
  'request.malformed': parameter,
  'request.tooLarge': words('RequestTooLarge', 413),
  'request.unsupportedMethod': words('UnsupportedHTTPMethod'),
  'request.unknownAction': words('InvalidApi.NotFound', 404),
  'request.unsupportedVersion': words('InvalidApi.NotFound', 404),
  'request.missingParameter': words('MissingParameter'),
  'request.unknownParameter': parameter,
  'request.invalidParameter': parameter,
  'request.invalidValue': parameter,
  'request.tooOften': words('Throttling.User'),
  'request.overload': unavailable,
  'request.unsupportedEncoding': words('UnsupportedContentEncoding', 415),
  'request.outdated': denied,
  'request.keyReused': denied,
  'request.underWay': words('Throttling.User'),
  'auth.missing': words('MissingAccessKeyId'),
  'auth.malformed': words('IncompleteSignature'),
  'auth.unknownKey': words('InvalidAccessKeyId.NotFound', 404),
  'auth.badSignature': words('SignatureDoesNotMatch'),
  'auth.expired': words('InvalidTimeStamp.Expired'),
  'auth.replayed': words('SignatureNonceUsed'),
  'auth.forbidden': words('Forbidden', 403),
  'auth.tooOften': words('Throttling.User'),
  'accessKey.notFound': missing,
  'accessKey.last': denied,
  'subApp.notFound': words('InvalidApp.NotFound', 404),
  'subApp.off': words('OperationDenied.Suspended', 403),
  'subApp.limitReached': denied,
  'subApp.busy': words('Throttling.User'),
  'file.forbidden': words('Forbidden', 403),
  'feature.unsupported': parameter,
  'template.notFound': missing,
  'template.limitReached': denied,
  'template.isPreset': denied,
  'procedure.notFound': missing,
  'procedure.alreadyExists': parameter,
  'procedure.limitReached': denied,
  'procedure.isPreset': denied,
  'queue.notFound': missing,
  'queue.alreadyExists': parameter,
  'queue.limitReached': denied,
  'queue.inUse': denied,
  'media.notFound': words('InvalidVideo.NotFound', 404),
  'media.tooManyTags': parameter,
  'media.tooManyMarks': parameter,
  'run.notFound': missing,
  'run.hasBegun': denied,
  'task.notFound': missing,
  'task.notFailed': denied,
  'upload.notFound': missing,
  'upload.noBytes': missing,
  'upload.wrongOffset': parameter,
  'upload.busy': denied,
  'session.duplicate': denied,
  'events.none': missing,
  'events.unknownHandle': parameter,
  'delivery.notFound': missing,
  'webhook.notFound': missing,
  'webhook.alreadyExists': parameter,
  'webhook.limitReached': denied,
  'url.refused': parameter,
  'task.invalidOffset': parameter,
  'task.invalidConfiguration': parameter,
  'task.resultTooLarge': parameter,
  'media.noVideo': media,
  'media.noResolution': media,
  'media.empty': media,
  'media.notMedia': media,
  'media.truncated': media,
  'media.malformed': media,
  'media.unsupported': media,
  'media.encrypted': media,
  'media.tooManyPixels': media,
  'media.crashedDecoder': media,
  'media.tooMuchMemory': media,
  'media.notAccessible': media,
  'media.temporarilyNotAccessible': media,
  'task.crashed': internal,
  'task.timedOut': internal,
  'task.aborted': internal,
  'storage.failed': unavailable,
  'storage.full': unavailable,
  internal,
}

/** Messages that the vendor's clients are known to match on, where ours would say it otherwise. */
const vendorMessages: Readonly<Partial<Record<ErrorCode, string>>> = {
  'request.tooOften': 'Request was denied due to user flow control.',
  'media.notFound': 'The video does not exist.',
}

/** Our names for what a caller can get wrong, in the vendor's spelling. */
export type FieldNames = Readonly<Record<string, string>>

const parameterName = /^[A-Z][A-Za-z]*$/

/** Codes of a parameter that is absent, or is not of its type, name it: `MissingVideoId`, `InvalidCount`. */
function namedCode({ code }: AppError, field: string): string | undefined {
  if (!parameterName.test(field)) return undefined
  if (code === 'request.missingParameter') return `Missing${field}`
  return code === 'request.invalidParameter' ? `Invalid${field}` : undefined
}

/** What a refusal is in the vendor's words; the message begins with the parameter that is wrong. */
export function vendorErrorOf(error: AppError, fieldNames: FieldNames): VendorError {
  const { code, status } = vendorWords[error.code]
  const field = error.field === undefined ? '' : (fieldNames[error.field] ?? error.field)
  const own = error instanceof VendorRefusal ? error.vendorCode : undefined
  return { Code: own ?? namedCode(error, field) ?? code, Message: messageOf(error, field), status }
}

function messageOf(error: AppError, field: string): string {
  const known = vendorMessages[error.code]
  if (known !== undefined) return known
  if (field === '') return error.message
  if (error.code === 'request.missingParameter') return `${field} is mandatory for this action.`
  return error.code.startsWith('auth.') ? error.message : `${field}: ${error.message}`
}

/** Words for failed jobs that differ from those for refusals (ApsaraVideo Media Processing, "FAQ about snapshots"). */
const jobWords: Readonly<Partial<Record<ErrorCode, string>>> = {
  'media.notAccessible': 'InvalidParameter.ResourceNotFound',
  'media.temporarilyNotAccessible': 'InvalidParameter.ResourceNotFound',
  'task.timedOut': 'SnapshotTimeOut',
}

/** The members of a job's result that tell why it failed. */
export function vendorFaultOf({ code, detail }: Fault) {
  const { code: refusal } = vendorWords[code]
  const isOfMedia = refusal === media.code
  const ErrorCode = jobWords[code] ?? (isOfMedia ? 'InvalidParameter.ResourceContentBad' : refusal)
  return { ErrorCode, ErrorMessage: detail }
}
