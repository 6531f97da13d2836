import { AppError } from '@libs/kernel'
import { isNamePart } from '@libs/tasks'

/** S3 takes 1024, of which a prefix wants some. */
const longestKeyBytes = 800

/** Whether a key is slash-separated names, none of which hides or climbs. */
export function isStorageKey(key: string): boolean {
  return Buffer.byteLength(key) <= longestKeyBytes && key.split('/').every(isNamePart)
}

/** Whether a key is of a file with a name that its caller chose: it can be guessed. */
export function isBucketKey(key: string): boolean {
  return key.startsWith('buckets/')
}

/** @returns the key. @throws AppError `storage.failed` when it is none that is ever given out */
export function checkedKey(key: string): string {
  if (isStorageKey(key)) return key
  throw new AppError('storage.failed', 'A storage key has a form that is never given out.')
}
