import type { AppError, ErrorCode, Fault } from '@libs/kernel'
import { VendorRefusal } from '../parameters/vendor-refusal'

interface VendorWords {
  /** `Response.Error.Code` of a refused request. */
  readonly request: string
  /** `ErrCodeExt` of a failed task. */
  readonly task: string
}

const refused = (request: string): VendorWords => ({ request, task: 'InvalidInput.ConfigurationUnsupported' })
const source = (task: string): VendorWords => ({ request: 'FailedOperation', task })
const internal: VendorWords = { request: 'InternalError', task: 'InternalError' }

/** The vendor's words for every error of ours (Tencent Cloud VOD, "Error Codes" and "Video Processing Error Codes"). */
export const vendorWords: Readonly<Record<ErrorCode, VendorWords>> = {
  'request.malformed': refused('InvalidParameter'),
  'request.tooLarge': { request: 'RequestSizeLimitExceeded', task: 'SourceFileError.ContentUnsupported' },
  'request.unsupportedMethod': refused('UnsupportedProtocol'),
  'request.unknownAction': refused('InvalidAction'),
  'request.unsupportedVersion': refused('NoSuchVersion'),
  'request.missingParameter': refused('MissingParameter'),
  'request.unknownParameter': refused('UnknownParameter'),
  'request.invalidParameter': refused('InvalidParameter'),
  'request.invalidValue': refused('InvalidParameterValue'),
  'request.tooOften': refused('RequestLimitExceeded'),
  'request.overload': refused('ServiceUnavailable'),
  'request.unsupportedEncoding': refused('InvalidParameter'),
  'request.outdated': refused('FailedOperation'),
  'request.keyReused': refused('FailedOperation'),
  'request.underWay': refused('RequestLimitExceeded'),
  'auth.missing': refused('AuthFailure.InvalidAuthorization'),
  'auth.malformed': refused('AuthFailure.InvalidAuthorization'),
  'auth.unknownKey': refused('AuthFailure.SecretIdNotFound'),
  'auth.badSignature': refused('AuthFailure.SignatureFailure'),
  'auth.expired': refused('AuthFailure.SignatureExpire'),
  'auth.replayed': refused('AuthFailure.SignatureExpire'),
  'auth.forbidden': refused('UnauthorizedOperation'),
  'auth.tooOften': refused('RequestLimitExceeded'),
  'accessKey.notFound': refused('ResourceNotFound'),
  'accessKey.last': refused('FailedOperation'),
  'subApp.notFound': refused('InvalidParameterValue.SubAppId'),
  'subApp.off': refused('ResourceUnavailable'),
  'subApp.limitReached': refused('LimitExceeded'),
  'subApp.busy': refused('RequestLimitExceeded'),
  'file.forbidden': refused('UnauthorizedOperation'),
  'feature.unsupported': refused('UnsupportedOperation'),
  'template.notFound': { request: 'ResourceNotFound.TemplateNotExist', task: 'InvalidInput.DefinitionNotExist' },
  'template.limitReached': refused('LimitExceeded.TooMuchTemplate'),
  'template.isPreset': refused('FailedOperation'),
  'procedure.notFound': refused('InvalidParameterValue.ProcedureName'),
  'procedure.alreadyExists': refused('InvalidParameter.ExistedProcedureName'),
  'procedure.limitReached': refused('LimitExceeded'),
  'procedure.isPreset': refused('FailedOperation'),
  'queue.notFound': refused('ResourceNotFound'),
  'queue.alreadyExists': refused('InvalidParameterValue'),
  'queue.limitReached': refused('LimitExceeded'),
  'queue.inUse': refused('FailedOperation'),
  'media.notFound': refused('InvalidParameterValue.FileId'),
  'media.tooManyTags': refused('LimitExceeded.TagCountReachMax'),
  'media.tooManyMarks': refused('LimitExceeded.KeyFrameDescCountReachMax'),
  'run.notFound': refused('InvalidParameterValue.TaskId'),
  'run.hasBegun': refused('FailedOperation'),
  'task.notFound': refused('InvalidParameterValue.TaskId'),
  'task.notFailed': refused('FailedOperation'),
  'upload.notFound': refused('InvalidParameterValue.VodSessionKey'),
  'upload.noBytes': refused('ResourceNotFound'),
  'upload.wrongOffset': refused('InvalidParameterValue'),
  'upload.busy': refused('FailedOperation'),
  'session.duplicate': { request: 'InvalidParameterValue.SessionId', task: 'InvalidInput.TaskDuplicated' },
  'events.none': refused('ResourceNotFound'),
  'events.unknownHandle': refused('InvalidParameterValue'),
  'delivery.notFound': refused('InvalidParameterValue'),
  'webhook.notFound': refused('ResourceNotFound'),
  'webhook.alreadyExists': refused('InvalidParameterValue'),
  'webhook.limitReached': refused('LimitExceeded'),
  'url.refused': { request: 'InvalidParameterValue', task: 'SourceFileError.DownloadNotAccessible' },
  'task.invalidOffset': { request: 'InvalidParameterValue', task: 'InvalidInput.InvalidTimeOffset' },
  'task.invalidConfiguration': refused('InvalidParameterValue'),
  'task.resultTooLarge': { request: 'FailedOperation', task: 'InvalidInput.ResultFileSizeTooLarge' },
  'media.noVideo': source('SourceFileError.NoVideoMedia'),
  'media.noResolution': source('SourceFileError.NoVideoResolution'),
  'media.empty': source('SourceFileError.ContentMalformed'),
  'media.notMedia': source('SourceFileError.ContentMalformed'),
  'media.truncated': source('SourceFileError.ContentMalformed'),
  'media.malformed': source('SourceFileError.ContentMalformed'),
  'media.unsupported': source('SourceFileError.ContentUnsupported'),
  'media.encrypted': source('SourceFileError.ContentUnsupported'),
  'media.tooManyPixels': source('SourceFileError.ContentUnsupported'),
  'media.crashedDecoder': source('SourceFileError.ContentMalformed'),
  'media.tooMuchMemory': source('SourceFileError.ContentUnsupported'),
  'media.notAccessible': source('SourceFileError.DownloadNotAccessible'),
  'media.temporarilyNotAccessible': source('SourceFileError.DownloadNotAccessible'),
  'task.crashed': internal,
  'task.timedOut': internal,
  'task.aborted': internal,
  'storage.failed': internal,
  'storage.full': internal,
  internal,
}

/** Parameters whose bad values have a code of their own: `InvalidParameterValue.<suffix>`. */
const valueSuffixes: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...['Name', 'Names', 'Comment', 'Type', 'Definitions', 'Limit', 'SubAppId', 'TaskId', 'FileId', 'ProcedureName'],
      ...['Width', 'Height', 'Format', 'FillType', 'ResolutionAdaptive'],
      ...['SampleType', 'SampleInterval', 'RowCount', 'ColumnCount'],
      ...['CoordinateOrigin', 'XPos', 'YPos', 'ImageTemplate', 'TextTemplate', 'SvgTemplate'],
      ...['Quality', 'ChromaSubsampling', 'FrameAccuracy'],
      ...['Description', 'ExpireTime', 'FileIds', 'Status', 'MediaType', 'MediaUrl', 'CoverUrl', 'CoverType'],
      'VodSessionKey',
    ].map((name) => [name, name]),
  ),
  OperationType: 'InvalidOperationType',
  CoverData: 'ImageDecodeError',
  AddTags: 'TagTooLong',
  AddKeyFrameDescs: 'KeyFrameDescContentTooLong',
  AddTagsAndClearTags: 'AddTagsAndClearTagsConflict',
  AddTagsAndDeleteTags: 'AddTagsAndDeleteTagsConflict',
  AddKeyFrameDescsAndClearKeyFrameDescs: 'AddKeyFrameDescsAndClearKeyFrameDescsConflict',
  AddKeyFrameDescsAndDeleteKeyFrameDescs: 'AddKeyFrameDescsAndDeleteKeyFrameDescsConflict',
  'ImageTemplate.ImageContent': 'ImageContent',
  'ImageTemplate.Width': 'Width',
  'ImageTemplate.Height': 'Height',
  'ImageTemplate.RepeatType': 'RepeatType',
  'TextTemplate.FontAlpha': 'TextAlpha',
  'SvgTemplate.Width': 'SvgTemplateWidth',
  'SvgTemplate.Height': 'SvgTemplateHeight',
  SessionContext: 'SessionContextTooLong',
  SessionId: 'SessionIdTooLong',
}

/** Our names for what a caller can get wrong, in the vendor's spelling. */
const vendorFields: Readonly<Record<string, string>> = {
  mediaId: 'FileId',
  cover: 'CoverData',
  token: 'VodSessionKey',
  tags: 'AddTags',
  marks: 'AddKeyFrameDescs',
  subApp: 'SubAppId',
  runId: 'TaskId',
  procedure: 'ProcedureName',
  sessionId: 'SessionId',
  handles: 'EventHandles',
  name: 'Name',
  definition: 'Definition',
  tasks: 'MediaProcessTask',
}

/** `Response.Error` of a refusal; the message begins with the parameter that is wrong. */
export function vendorErrorOf(error: AppError): { readonly Code: string; readonly Message: string } {
  const field = error.field && (vendorFields[error.field] ?? error.field)
  const isValue = error.code === 'request.invalidValue' && field !== undefined
  const suffix = isValue ? (valueSuffixes[field] ?? valueSuffixes[field.split('.')[0] ?? '']) : undefined
  const code = vendorWords[error.code].request
  const own = error instanceof VendorRefusal ? error.vendorCode : undefined
  return {
    Code: own ?? (suffix === undefined ? code : `${code}.${suffix}`),
    Message: field === undefined || field === '' ? error.message : `${field}: ${error.message}`,
  }
}

/** Numbers of the three families, as the vendor's SDK documents them for its other tasks. */
const familyNumbers: Readonly<Record<string, number>> = {
  InvalidInput: 40000,
  SourceFileError: 60000,
  InternalError: 70000,
}

/** The members of a task's result that tell why it failed. */
export function vendorFaultOf({ code, detail }: Fault) {
  const { task } = vendorWords[code]
  return { ErrCode: familyNumbers[task.split('.')[0] ?? ''] ?? 70000, ErrCodeExt: task, Message: detail }
}
