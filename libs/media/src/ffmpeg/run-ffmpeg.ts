import type { ChildProcess } from 'node:child_process'
import { AppError, traced } from '@libs/kernel'
import { abortFault } from '@libs/tasks'
import ffmpeg from 'fluent-ffmpeg'
import { confine } from '../confinement/confine'
import { ToolGuard } from '../confinement/guard-tool'
import { judgeEnding } from '../confinement/judge-ending'
import type { MediaTools } from '../confinement/open-media-tools'
import { inOwnGroup } from '../confinement/process-group'
import { timeTool } from '../confinement/tool-metrics'
import type { FfmpegCommand } from './args/grab-args'
import { stripPaths } from './strip-paths'

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
  /** Whether a picture may be patched up, or half written; the exit code says nothing of that. */
  readonly doubtful: boolean
  /** Whether any picture was given out although it was known to be damaged. */
  readonly corrupt: boolean
  /** What the media did to the decoder: `media.crashedDecoder` or `media.tooMuchMemory`. */
  readonly trouble?: AppError
}

/**
 * Runs one ffmpeg process to its end; the only file that knows fluent-ffmpeg, whose owner archived it in May 2025.
 * @throws AppError `task.aborted` (or what the signal was aborted with), `task.timedOut`, `task.crashed`, `storage.full`,
 *   `task.resultTooLarge`, `internal` when ffmpeg cannot be started; what lies in the media is a result, not an error
 */
export function runFfmpeg(tools: MediaTools, command: FfmpegCommand, signal: AbortSignal): Promise<FfmpegResult> {
  return traced('ffmpeg', {}, async (span) => {
    const result = await runJudged(tools, command, signal)
    span?.set({ 'stillflow.succeeded': result.succeeded })
    return result
  })
}

async function runJudged(tools: MediaTools, command: FfmpegCommand, signal: AbortSignal): Promise<FfmpegResult> {
  if (signal.aborted) throw abortFault(signal)
  const { fault, failure, log, child, ...seen } = await runToEnd(tools, command, signal)
  if (fault !== undefined) throw fault
  if (failure === undefined) return { succeeded: true, ...seen }
  if (/No space left on device|Disk quota exceeded/.test(log)) {
    throw new AppError('storage.full', 'The disk is full.', { cause: failure })
  }
  const { exitCode: code = null, signalCode: killedBy = null } = child ?? {}
  if (code === null && killedBy === null) {
    throw new AppError('internal', 'ffmpeg could not be started.', { cause: failure })
  }
  const trouble = judgeEnding({ code, signal: killedBy, log })
  if (trouble !== undefined && trouble.blame !== 'media') throw trouble
  return trouble === undefined ? { succeeded: false, ...seen } : { succeeded: false, ...seen, doubtful: true, trouble }
}

/** Has fluent-ffmpeg ask ffmpeg for its formats and encoders, as it does once, before the first command has to wait for it. */
export async function askForCapabilities(tools: MediaTools): Promise<void> {
  const asked = ffmpeg()
  confineSpawns(asked, tools, {})
  await new Promise<void>((resolve) => asked.getAvailableFormats(() => resolve()))
  await new Promise<void>((resolve) => asked.getAvailableEncoders(() => resolve()))
}

interface Ending extends Pick<FfmpegResult, 'doubtful' | 'corrupt'> {
  /** Why it was killed. */
  readonly fault: AppError | undefined
  readonly failure: Error | undefined
  /** The last lines of what it said, local paths removed. */
  readonly log: string
  readonly child: ChildProcess | undefined
}

function runToEnd(tools: MediaTools, command: FfmpegCommand, signal: AbortSignal): Promise<Ending> {
  return new Promise((resolve) => {
    const process = ffmpeg({ stdoutLines: keptStderrLines })
    // Tokens go in as separate arguments: fluent-ffmpeg splits an option at its space when given an array.
    for (const { source, options } of command.inputs) process.input(source).inputOptions(...options)
    for (const { target, options } of command.outputs) process.output(target).outputOptions(...options)
    let doubtful = false
    let corrupt = false
    let child: ChildProcess | undefined
    let guard: ToolGuard | undefined
    const stopTime = timeTool('ffmpeg')
    const end = (log: string | null | undefined, failure?: Error): void => {
      stopTime()
      const kept = stripPaths(log ?? '').slice(-keptStderrCharacters)
      resolve({ doubtful, corrupt, fault: guard?.release(), failure, log: kept, child })
    }
    confineSpawns(process, tools, command)
    process
      .on('start', () => {
        child = Reflect.get(process, 'ffmpegProc') as ChildProcess
        guard = new ToolGuard(child, tools.confinement.limits, signal, command.reads === undefined)
      })
      .on('stderr', (line: string) => {
        doubtful ||= concealments.some((words) => words.test(line))
        corrupt ||= line.includes(corruption)
      })
      .on('end', (_stdout: string | null, stderr: string | null) => end(stderr))
      .on('error', (error: Error, _stdout: string | null, stderr: string | null) => end(stderr, error))
      .run()
  })
}

type Spawn = (args: string[], options: object, ...callbacks: readonly ((...given: unknown[]) => void)[]) => void

/**
 * fluent-ffmpeg has no word for a process's group or for programs around ffmpeg, but hands on to `spawn` what its one method
 * for starting is given; the path that it is told is kept for all commands, so it is told anew right before each start.
 */
function confineSpawns(
  command: ffmpeg.FfmpegCommand,
  { ffmpegPath: tool, confinement, env }: MediaTools,
  { reads, writes }: Pick<FfmpegCommand, 'reads' | 'writes'>,
): void {
  const start = Reflect.get(command, '_spawnFfmpeg') as Spawn
  const startConfined: Spawn = (args, options, ...callbacks) => {
    const [program = '', ...rest] = confine({ tool, args, reads, writes }, confinement)
    command.setFfmpegPath(program)
    start.call(command, rest, { ...options, ...inOwnGroup, env }, ...callbacks)
  }
  Reflect.set(command, '_spawnFfmpeg', startConfined)
}
