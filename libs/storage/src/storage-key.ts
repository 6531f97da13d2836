import { AppError } from '@libs/kernel'

const longestKey = 512
const segment = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/

/** Whether a key is slash-separated segments of safe characters, none of which hides or climbs. */
export function isStorageKey(key: string): boolean {
  return key.length <= longestKey && key.split('/').every((part) => segment.test(part) && !part.includes('..'))
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
