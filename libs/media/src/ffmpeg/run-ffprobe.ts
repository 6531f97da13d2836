import { execFile } from 'node:child_process'
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

/**
 * Runs one ffprobe process.
 * @throws AppError `task.aborted` (or what the signal was aborted with), `task.timedOut`, `media.malformed` for an output
 *   without end, `internal` when ffprobe cannot be started; ffprobe refusing the file is a result, not an error
 */
export function runFfprobe(ffprobePath: string, args: readonly string[], signal: AbortSignal): Promise<FfprobeResult> {
  const options = { signal, timeout: wallLimitMs, killSignal: 'SIGKILL', maxBuffer: maxOutputBytes } as const
  return new Promise((resolve, reject) => {
    execFile(ffprobePath, args, options, (error, stdout, stderr) => {
      if (signal.aborted) reject(abortFault(signal))
      else if (error === null) resolve({ succeeded: true, stdout, stderr })
      else if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
        reject(new AppError('media.malformed', 'The media has more packets than any video of a day.'))
      else if (error.killed === true)
        reject(new AppError('task.timedOut', `Reading the media took more than ${wallLimitMs / 60_000} minutes.`))
      else if (typeof error.code === 'string')
        reject(new AppError('internal', 'ffprobe could not be started.', { cause: error }))
      else resolve({ succeeded: false, stdout, stderr })
    })
  })
}
