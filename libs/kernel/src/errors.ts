/** Who has to act before the same thing can work: the caller, the owner of the media, or the operators. */
export type Blame = 'caller' | 'media' | 'us'

interface ErrorEntry {
  readonly blame: Blame
  /** Whether the same attempt may succeed later without anybody changing anything. */
  readonly retry: boolean
}

const caller: ErrorEntry = { blame: 'caller', retry: false }
const media: ErrorEntry = { blame: 'media', retry: false }
const us: ErrorEntry = { blame: 'us', retry: true }
const usForGood: ErrorEntry = { blame: 'us', retry: false }

/** The closed catalogue: every refusal of a request and every fault of a task is one of these. */
export const errorCatalogue = {
  'request.malformed': caller,
  'request.tooLarge': caller,
  'request.unsupportedMethod': caller,
  'request.unknownAction': caller,
  'request.unsupportedVersion': caller,
  'request.missingParameter': caller,
  'request.unknownParameter': caller,
  'request.invalidParameter': caller,
  'request.invalidValue': caller,
  'request.outdated': caller,
  'request.keyReused': caller,
  'request.underWay': { blame: 'caller', retry: true },
  'request.tooOften': { blame: 'caller', retry: true },
  'request.overload': { blame: 'caller', retry: true },
  'request.unsupportedEncoding': caller,
  'auth.missing': caller,
  'auth.malformed': caller,
  'auth.unknownKey': caller,
  'auth.badSignature': caller,
  'auth.expired': caller,
  'auth.replayed': caller,
  'auth.forbidden': caller,
  'auth.tooOften': { blame: 'caller', retry: true },
  'accessKey.notFound': caller,
  'accessKey.last': caller,
  'subApp.notFound': caller,
  'subApp.off': caller,
  'subApp.limitReached': caller,
  'subApp.busy': { blame: 'caller', retry: true },
  'file.forbidden': caller,
  'feature.unsupported': caller,
  'template.notFound': caller,
  'template.limitReached': caller,
  'template.isPreset': caller,
  'procedure.notFound': caller,
  'procedure.alreadyExists': caller,
  'procedure.limitReached': caller,
  'procedure.isPreset': caller,
  'queue.notFound': caller,
  'queue.alreadyExists': caller,
  'queue.limitReached': caller,
  'queue.inUse': caller,
  'media.notFound': caller,
  'media.tooManyTags': caller,
  'media.tooManyMarks': caller,
  'run.notFound': caller,
  'run.hasBegun': caller,
  'task.notFound': caller,
  'task.notFailed': caller,
  'upload.notFound': caller,
  'upload.noBytes': caller,
  'upload.wrongOffset': caller,
  'upload.busy': { blame: 'caller', retry: true },
  'session.duplicate': caller,
  'events.none': caller,
  'events.unknownHandle': caller,
  'delivery.notFound': caller,
  'webhook.notFound': caller,
  'webhook.alreadyExists': caller,
  'webhook.limitReached': caller,
  'url.refused': caller,
  'task.invalidOffset': caller,
  'task.invalidConfiguration': caller,
  'task.resultTooLarge': caller,
  'media.noVideo': media,
  'media.noResolution': media,
  'media.empty': media,
  'media.notMedia': media,
  'media.truncated': media,
  'media.malformed': media,
  'media.unsupported': media,
  'media.encrypted': media,
  'media.tooManyPixels': media,
  // What a file can do to a decoder, again and again: crash it, or want more memory than it may have.
  'media.crashedDecoder': media,
  'media.tooMuchMemory': media,
  'media.notAccessible': media,
  'media.temporarilyNotAccessible': { blame: 'media', retry: true },
  'task.crashed': usForGood,
  'task.timedOut': usForGood,
  'task.aborted': usForGood,
  'storage.failed': us,
  'storage.full': us,
  internal: us,
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof errorCatalogue

export const errorCodes = Object.keys(errorCatalogue) as readonly ErrorCode[]

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorCatalogue, text)
}

/** Why a task failed, in the words that are stored and shown: `detail` is one sentence for the caller. */
export interface Fault {
  readonly code: ErrorCode
  readonly detail: string
  /** How long somebody else asked to be left alone before the next try. */
  readonly retryAfterMs?: number
}

export interface AppErrorOptions {
  /** The caller's input that is wrong, as a path of domain names: `settings.widthPx`, `tasks.0.offsets`. */
  readonly field?: string
  readonly cause?: unknown
  /** How long to wait before the same may succeed, where somebody said so. */
  readonly retryAfterMs?: number | undefined
}

/** The only error that rooms throw on purpose. Dialects choose its wording and status, the queue its retry. */
export class AppError extends Error {
  readonly field: string | undefined
  readonly retryAfterMs: number | undefined

  constructor(
    readonly code: ErrorCode,
    detail: string,
    options: AppErrorOptions = {},
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.field = options.field
    this.retryAfterMs = options.retryAfterMs
  }

  get blame(): Blame {
    return errorCatalogue[this.code].blame
  }

  get retry(): boolean {
    return errorCatalogue[this.code].retry
  }

  toFault(): Fault {
    const { code, message: detail, retryAfterMs } = this
    return { code, detail, ...(retryAfterMs !== undefined && { retryAfterMs }) }
  }
}

/** Any thrown value as a catalogued error: what was not thrown on purpose is `internal`, its text kept as the cause. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  return new AppError('internal', 'An internal error occurred; the operators can find it in the log.', {
    cause: thrown,
  })
}
