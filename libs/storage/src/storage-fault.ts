import { AppError } from '@libs/kernel'

/** Whatever went wrong while bytes were kept or fetched, as `storage.full` or `storage.failed`; an AppError as it is. */
export function storageFault(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError('storage.full', 'The storage has no room left.', { cause: thrown })
  }
  return new AppError('storage.failed', 'The storage could not keep or bring a file.', { cause: thrown })
}

/** For a file that changed while it was read. */
export function replacedFile(): AppError {
  return new AppError('media.notAccessible', 'The media file was replaced while pictures were made of it.')
}

/** For a key that sources or artifacts are asked for in vain. */
export function missingFile(cause?: unknown): AppError {
  return new AppError('media.notAccessible', 'The media file is not in the storage any more.', { cause })
}

/** For a file that others are to be joined with. @throws AppError `storage.failed` */
export function missingPiece(): never {
  throw new AppError('storage.failed', 'A piece of a file is not in the storage any more.')
}
