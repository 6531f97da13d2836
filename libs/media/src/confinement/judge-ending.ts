import { AppError } from '@libs/kernel'

/** How a process that nobody killed on purpose came to its end. */
export interface ToolEnding {
  /** Null when a signal ended it. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** What it wrote on standard error. */
  readonly log: string
}

const crashes = new Map<NodeJS.Signals, number>([
  ['SIGILL', 4],
  ['SIGTRAP', 5],
  ['SIGABRT', 6],
  ['SIGBUS', 7],
  ['SIGFPE', 8],
  ['SIGSEGV', 11],
  ['SIGSYS', 31],
])
const others = new Map<NodeJS.Signals, number>([
  ['SIGKILL', 9],
  ['SIGXCPU', 24],
  ['SIGXFSZ', 25],
])
/** `nice`, `prlimit` and `setpriv` end so when there is no such program, or it may not be run. */
const notStartedCodes: readonly (number | null)[] = [126, 127]
/** ffmpeg says then that it has no memory, which is not so. */
const tooManyStreams = 'exceeds max_streams'
const outOfMemory = /Cannot allocate memory|std::bad_alloc|[Oo]ut of memory|get_buffer\(\) failed/
/** A decoder gets no room either for a picture of a size that is refused. */
const refusedSize = /Picture size|exceeds specified max pixel/

/**
 * @returns the fault that an ending is by itself; undefined for an exit code of the tool's own, which says nothing
 */
export function judgeEnding({ code, signal, log }: ToolEnding): AppError | undefined {
  const cause = new Error(log)
  if (notStartedCodes.includes(code) || /^bwrap: /m.test(log)) {
    return new AppError('internal', 'A media tool could not be started.', { cause })
  }
  if (code === 0) return undefined
  if (log.includes(tooManyStreams)) {
    return new AppError('media.unsupported', 'The media has more streams than any film.', { cause })
  }
  const ended = signal ?? signalIn(code)
  if (outOfMemory.test(log) && !refusedSize.test(log)) {
    return new AppError('media.tooMuchMemory', 'Decoding this media takes more memory than it may have.', { cause })
  }
  if (ended === undefined) return undefined
  if (crashes.has(ended)) return new AppError('media.crashedDecoder', 'The decoder crashed on this media.', { cause })
  if (ended === 'SIGXFSZ')
    return new AppError('task.resultTooLarge', 'A file of the result would be too long.', { cause })
  if (ended === 'SIGXCPU') return new AppError('task.timedOut', 'Reading this media took too much time.', { cause })
  return new AppError('task.crashed', 'Something outside killed the decoder.', { cause })
}

/** A sandbox ends as shells do, with 128 and the number of the signal that ended what was in it. */
function signalIn(code: number | null): NodeJS.Signals | undefined {
  return [...crashes, ...others].find(([, number]) => code === 128 + number)?.[0]
}
