import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { AppError } from '@libs/kernel'
import { abortFault } from '@libs/tasks'
import { inOwnGroup, killGroup } from '../process-group'

const wallLimitMs = 5 * 60_000
/** The packet list of a day of video is some 60 MB. */
const maxOutputBytes = 256 * 1024 * 1024

export interface FfprobeResult {
  readonly succeeded: boolean
  readonly stdout: string
  readonly stderr: string
}

/** The static ffprobe from npm crashes in glibc's character conversion on every transport stream; so it finds none. */
const withoutConversion = ['GCONV_PATH=/nonexistent'] as const
/** What `env` ends with when there is no such program, or it may not be run. */
const notStartedCodes: readonly (number | null)[] = [126, 127]

/**
 * Runs one ffprobe process.
 * @throws AppError `task.aborted` (or what the signal was aborted with), `task.timedOut`, `media.malformed` for an output
 *   without end, `task.crashed`, `internal` when ffprobe cannot be started; ffprobe refusing the file is a result, not an error
 */
export async function runFfprobe(
  ffprobePath: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<FfprobeResult> {
  if (signal.aborted) throw abortFault(signal)
  const deadline = AbortSignal.timeout(wallLimitMs)
  const child = spawn('env', [...withoutConversion, ffprobePath, ...args], {
    ...inOwnGroup,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = AbortSignal.any([signal, deadline])
  const kill = (): void => killGroup(child)
  stop.addEventListener('abort', kill, { once: true })
  const ended = new Promise<Pick<Ending, 'code' | 'cause'>>((resolve) => {
    child.once('error', (cause) => resolve({ code: null, cause }))
    child.once('close', (code) => resolve({ code }))
  })
  const [stdout, stderr, end] = await Promise.all([textOf(child.stdout, kill), textOf(child.stderr, kill), ended])
  stop.removeEventListener('abort', kill)
  if (signal.aborted) throw abortFault(signal)
  return resultOf({ ...end, killedBy: child.signalCode, isLate: deadline.aborted, stdout, stderr })
}

interface Ending {
  /** Absent when it was killed or never began. */
  readonly code: number | null
  readonly cause?: Error
  readonly killedBy: NodeJS.Signals | null
  readonly isLate: boolean
  readonly stdout: string | undefined
  readonly stderr: string | undefined
}

function resultOf({ code, cause, killedBy, isLate, stdout, stderr }: Ending): FfprobeResult {
  if (isLate) {
    throw new AppError('task.timedOut', `Reading the media took more than ${wallLimitMs / 60_000} minutes.`)
  }
  if (stdout === undefined || stderr === undefined) {
    throw new AppError('media.malformed', 'The media has more packets than any video of a day.')
  }
  if (killedBy !== null) throw new AppError('task.crashed', 'ffprobe crashed on this media.')
  if (code === null || notStartedCodes.includes(code)) {
    throw new AppError('internal', 'ffprobe could not be started.', { cause: cause ?? new Error(stderr) })
  }
  return { succeeded: code === 0, stdout, stderr }
}

/** @returns undefined when it is longer than any that is wanted */
async function textOf(stream: Readable, tooLong: () => void): Promise<string | undefined> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of stream as AsyncIterable<Buffer>) {
    length += piece.length
    if (length <= maxOutputBytes) pieces.push(piece)
    else tooLong()
  }
  return length <= maxOutputBytes ? Buffer.concat(pieces).toString('utf8') : undefined
}
