import { AppError } from '@libs/kernel'
import { abortFault } from '@libs/tasks'
import { missingFile, storageFault } from '../storage-fault'

/** Why something could not be kept, as `storage.full` or `storage.failed`; an AppError as it is. */
export function keepingFault(thrown: unknown): AppError {
  if (statusOf(thrown) !== 507) return storageFault(thrown)
  return new AppError('storage.full', 'The storage has no room left.', { cause: thrown })
}

/**
 * Why an object could not be read: the signal's own fault, it is gone or another one by now (`media.notAccessible`), or
 * the store failed.
 */
export function readingFault(thrown: unknown, signal?: AbortSignal): AppError {
  if (signal?.aborted === true) return abortFault(signal)
  return isGone(thrown) || statusOf(thrown) === 412 ? missingFile(thrown) : storageFault(thrown)
}

/** Whether the store answered, and has no such object. A bucket that is missing is a wrong setting, no missing file. */
export function isGone(thrown: unknown): boolean {
  return statusOf(thrown) === 404 && !(thrown instanceof Error && thrown.name === 'NoSuchBucket')
}

function statusOf(thrown: unknown): unknown {
  if (typeof thrown !== 'object' || thrown === null || !('$metadata' in thrown)) return undefined
  const { $metadata: told } = thrown
  return typeof told === 'object' && told !== null && 'httpStatusCode' in told ? told.httpStatusCode : undefined
}
