import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { AppError, traced } from '@libs/kernel'
import { abortFault } from '@libs/tasks'
import { confine } from '../confinement/confine'
import { ToolGuard } from '../confinement/guard-tool'
import { judgeEnding } from '../confinement/judge-ending'
import type { MediaTools } from '../confinement/open-media-tools'
import { inOwnGroup, killGroup } from '../confinement/process-group'
import { timeTool } from '../confinement/tool-metrics'
import { stripPaths } from './strip-paths'

/** Reading takes less than decoding. */
const mostWallS = 300
/** The packet list of a day of video is some 60 MB. */
const maxOutputBytes = 256 * 1024 * 1024

export interface FfprobeResult {
  readonly succeeded: boolean
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs one ffprobe process, and once more where it crashes.
 * @param path the file that the arguments name
 * @throws AppError `task.aborted` (or what the signal was aborted with), `task.timedOut`, `media.malformed` for an output
 *   without end, `media.crashedDecoder`, `media.tooMuchMemory`, `internal` when ffprobe cannot be started; ffprobe refusing
 *   the file is a result, not an error
 */
export async function runFfprobe(
  tools: MediaTools,
  args: readonly string[],
  path: string,
  signal: AbortSignal,
): Promise<FfprobeResult> {
  const once = (): Promise<FfprobeResult> => traced('ffprobe', {}, () => runOnce(tools, args, path, signal))
  return once().catch((fault: unknown) => {
    if (fault instanceof AppError && fault.code === 'media.crashedDecoder') return once()
    throw fault
  })
}

async function runOnce(
  { ffprobePath: tool, confinement, env }: MediaTools,
  args: readonly string[],
  path: string,
  signal: AbortSignal,
): Promise<FfprobeResult> {
  if (signal.aborted) throw abortFault(signal)
  const [command = '', ...rest] = confine({ tool, args, reads: path }, confinement)
  const stopTime = timeTool('ffprobe')
  const child = spawn(command, rest, { ...inOwnGroup, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const { limits } = confinement
  const guard = new ToolGuard(child, { ...limits, wallS: Math.min(limits.wallS, mostWallS) }, signal)
  const kill = (): void => killGroup(child)
  const ended = new Promise<{ code: number | null; cause?: Error }>((resolve) => {
    child.once('error', (cause) => resolve({ code: null, cause }))
    child.once('close', (code) => resolve({ code }))
  })
  const [stdout, stderr, { code, cause }] = await Promise.all([
    textOf(child.stdout, kill),
    textOf(child.stderr, kill),
    ended,
  ])
  stopTime()
  const fault = guard.release()
  if (fault !== undefined) throw fault
  if (cause !== undefined) throw new AppError('internal', 'ffprobe could not be started.', { cause })
  if (stdout === undefined || stderr === undefined) {
    throw new AppError('media.malformed', 'The media has more packets than any video of a day.')
  }
  const failure = judgeEnding({ code, signal: child.signalCode, log: stripPaths(stderr) })
  if (failure !== undefined) throw failure
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
