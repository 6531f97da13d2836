import { execFile } from 'node:child_process'
import type { ExecFileException } from 'node:child_process'
import { AppError } from '@libs/kernel'
import { abortFault } from '@libs/tasks'

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
/** What `env` ends with when there is no such program. */
const notFoundCode = 127

/**
 * Runs one ffprobe process.
 * @throws AppError `task.aborted` (or what the signal was aborted with), `task.timedOut`, `media.malformed` for an output
 *   without end, `internal` when ffprobe cannot be started; ffprobe refusing the file is a result, not an error
 */
export function runFfprobe(ffprobePath: string, args: readonly string[], signal: AbortSignal): Promise<FfprobeResult> {
  const options = { timeout: wallLimitMs, killSignal: 'SIGKILL', maxBuffer: maxOutputBytes } as const
  return new Promise((resolve, reject) => {
    // Given the signal, `execFile` would send SIGTERM, to which an ffprobe that hangs is deaf.
    const kill = (): void => void probing.kill('SIGKILL')
    const probing = execFile('env', [...withoutConversion, ffprobePath, ...args], options, (error, stdout, stderr) => {
      signal.removeEventListener('abort', kill)
      if (signal.aborted) reject(abortFault(signal))
      else if (error === null) resolve({ succeeded: true, stdout, stderr })
      else if (typeof error.code === 'number' && error.code !== notFoundCode)
        resolve({ succeeded: false, stdout, stderr })
      else reject(faultOf(error))
    })
    if (signal.aborted) kill()
    else signal.addEventListener('abort', kill, { once: true })
  })
}

function faultOf(error: ExecFileException): AppError {
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
    return new AppError('media.malformed', 'The media has more packets than any video of a day.', { cause: error })
  }
  if (error.killed === true) {
    return new AppError('task.timedOut', `Reading the media took more than ${wallLimitMs / 60_000} minutes.`)
  }
  if (error.signal) return new AppError('task.crashed', 'ffprobe crashed on this media.', { cause: error })
  return new AppError('internal', 'ffprobe could not be started.', { cause: error })
}
