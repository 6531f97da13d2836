import { AppError } from '@libs/kernel'

/** libvips tells of its troubles in words alone. */
const faults: readonly (readonly [words: RegExp, fault: (cause: unknown) => AppError])[] = [
  [/^timeout:/, (cause) => new AppError('task.timedOut', 'Working on a picture took too much time.', { cause })],
  [/No space left|Disk quota/, (cause) => new AppError('storage.full', 'The disk is full.', { cause })],
  [/^Input /, (cause) => unreadable(cause)],
]

/** @throws AppError `media.malformed` for what is no picture of ours, `task.timedOut`, `storage.full` */
export async function pictureWork<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (thrown) {
    const words = thrown instanceof Error ? thrown.message : ''
    throw faults.find(([pattern]) => pattern.test(words))?.[1](thrown) ?? thrown
  }
}

export function unreadable(cause: unknown): AppError {
  return new AppError('media.malformed', 'A picture that was made of this media cannot be opened.', { cause })
}
