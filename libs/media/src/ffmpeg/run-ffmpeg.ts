import type { ChildProcess } from 'node:child_process'
import { AppError } from '@libs/kernel'
import { abortFault } from '@libs/tasks'
import ffmpeg from 'fluent-ffmpeg'
import type { FfmpegCommand } from './args/grab-args'
import { inOwnGroup, killGroup } from '../process-group'
import { stripPaths } from './strip-paths'

/** Below interactive work, so that a machine full of decoding still answers. */
const niceness = 5
const wallLimitMs = 15 * 60_000
/** What `nice` ends with when there is no such program, or it may not be run. */
const notStarted = /^ffmpeg exited with code 12[67]\b/
const keptStderrLines = 60
const keptStderrCharacters = 4096

/**
 * What ffmpeg says of pictures that it patched up. The first is of the decoders with macroblocks, which tell it as a mere
 * piece of information; the second of HEVC's, which makes up pictures that are missing; the third of older codecs, whose
 * decoders complain of nothing harmless.
 */
const concealments = [
  /concealing \d/,
  /Could not find ref with POC/,
  /^\[(?:mpeg[124]\w*|h263|flv|msmpeg4\w*|wmv\d|vc1|theora|vp[368]\w*|mjpeg) @ \w+\] \[error\]/,
]
/** What a strict run ends at, and a tolerant one goes past. Of a damaged packet other pictures may be whole. */
const corruption = 'corrupt decoded frame'

export interface FfmpegResult {
  /** False when ffmpeg ended with another code than 0. Pictures made before that are there. */
  readonly succeeded: boolean
  /** Whether any decoded picture was patched up; the exit code says nothing of that. */
  readonly concealed: boolean
  /** Whether any picture was given out although it was known to be damaged. */
  readonly corrupt: boolean
  /** The last lines of its log, local paths removed. */
  readonly log: string
}

/**
 * Runs one ffmpeg process to its end; the only file that knows fluent-ffmpeg, whose owner archived it in May 2025.
 * It has a process group of its own, which is killed whole.
 * @throws AppError `task.aborted` (or what the signal was aborted with), `task.timedOut`, `task.crashed`, `storage.full`,
 *   `internal` when ffmpeg cannot be started; damage in the media is a result, not an error
 */
export async function runFfmpeg(
  ffmpegPath: string,
  command: FfmpegCommand,
  signal: AbortSignal,
): Promise<FfmpegResult> {
  if (signal.aborted) throw abortFault(signal)
  const deadline = AbortSignal.timeout(wallLimitMs)
  const { failure, ...result } = await runToEnd(ffmpegPath, command, AbortSignal.any([signal, deadline]))
  if (signal.aborted) throw abortFault(signal)
  if (deadline.aborted) throw new AppError('task.timedOut', `Decoding took more than ${wallLimitMs / 60_000} minutes.`)
  if (failure === undefined) return { succeeded: true, ...result }
  if (result.log.includes('No space left on device')) {
    throw new AppError('storage.full', 'The disk is full.', { cause: failure })
  }
  if (failure.message.includes('ffmpeg was killed with signal')) {
    throw new AppError('task.crashed', 'The decoder crashed on this media.', { cause: new Error(result.log) })
  }
  if (notStarted.test(failure.message) || !failure.message.startsWith('ffmpeg exited with code')) {
    throw new AppError('internal', 'ffmpeg could not be started.', { cause: failure })
  }
  return { succeeded: false, ...result }
}

/** Has fluent-ffmpeg ask ffmpeg for its formats and encoders, as it does once, before the first command has to wait for it. */
export async function askForCapabilities(ffmpegPath: string): Promise<void> {
  const asked = ffmpeg().setFfmpegPath(ffmpegPath)
  await new Promise<void>((resolve) => asked.getAvailableFormats(() => resolve()))
  await new Promise<void>((resolve) => asked.getAvailableEncoders(() => resolve()))
}

interface Ending extends Omit<FfmpegResult, 'succeeded'> {
  readonly failure?: Error
}

function runToEnd(ffmpegPath: string, { inputs, outputs }: FfmpegCommand, stop: AbortSignal): Promise<Ending> {
  return new Promise((resolve) => {
    const process = ffmpeg({ niceness, stdoutLines: keptStderrLines }).setFfmpegPath(ffmpegPath)
    // Tokens go in as separate arguments: fluent-ffmpeg splits an option at its space when given an array.
    for (const { source, options } of inputs) process.input(source).inputOptions(...options)
    for (const { target, options } of outputs) process.output(target).outputOptions(...options)
    let concealed = false
    let corrupt = false
    const child = spawnedBy(process)
    const kill = (): void => {
      if (child.process !== undefined) killGroup(child.process)
    }
    const end = (log: string | null | undefined, failure?: Error): void => {
      stop.removeEventListener('abort', kill)
      resolve({
        concealed,
        corrupt,
        log: stripPaths(log ?? '').slice(-keptStderrCharacters),
        ...(failure && { failure }),
      })
    }
    process
      .on('start', () => {
        if (stop.aborted) kill()
        else stop.addEventListener('abort', kill, { once: true })
      })
      .on('stderr', (line: string) => {
        concealed ||= concealments.some((words) => words.test(line))
        corrupt ||= line.includes(corruption)
      })
      .on('end', (_stdout: string | null, stderr: string | null) => end(stderr))
      .on('error', (error: Error, _stdout: string | null, stderr: string | null) => end(stderr, error))
      .run()
  })
}

type Spawn = (args: string[], options: object, ...callbacks: readonly ((...given: unknown[]) => void)[]) => void

/** fluent-ffmpeg has no word for a process's group, but hands on to `spawn` what its one method for starting is given. */
function spawnedBy(command: ffmpeg.FfmpegCommand): { process?: ChildProcess } {
  const spawned: { process?: ChildProcess } = {}
  const start = Reflect.get(command, '_spawnFfmpeg') as Spawn
  const startInGroup: Spawn = (args, options, ...callbacks) =>
    start.call(command, args, { ...options, ...inOwnGroup }, ...callbacks)
  Reflect.set(command, '_spawnFfmpeg', startInGroup)
  command.once('start', () => {
    spawned.process = Reflect.get(command, 'ffmpegProc') as ChildProcess
  })
  return spawned
}
