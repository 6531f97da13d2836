import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { askForCapabilities } from './ffmpeg/run-ffmpeg'
import type { MediaTools } from './media.env'
import { adviceOn } from './version-floor'

const run = promisify(execFile)

export interface MediaToolVersions {
  readonly ffmpegVersion: string
  readonly ffprobeVersion: string
  /** What the operator should know about them. */
  readonly warnings: readonly string[]
}

/**
 * Asks both tools for their version, for the start-up log, and makes them ready for the first task.
 * @throws Error that names the setting and the package when one does not run
 */
export async function checkMediaTools(tools: MediaTools): Promise<MediaToolVersions> {
  const [ffmpegVersion, ffprobeVersion] = await Promise.all([
    versionOf(tools.ffmpegPath, 'FFMPEG_PATH'),
    versionOf(tools.ffprobePath, 'FFPROBE_PATH'),
  ])
  await askForCapabilities(tools.ffmpegPath)
  const advice = [adviceOn('ffmpeg', ffmpegVersion), adviceOn('ffprobe', ffprobeVersion)]
  return { ffmpegVersion, ffprobeVersion, warnings: advice.filter((one) => one !== undefined) }
}

async function versionOf(path: string, setting: string): Promise<string> {
  try {
    const { stdout } = await run(path, ['-version'], { timeout: 20_000 })
    return /version (\S+)/.exec(stdout)?.[1] ?? 'unknown'
  } catch (cause) {
    throw new Error(
      `${path} does not run. Install the Debian or Ubuntu package "ffmpeg" (apt-get install ffmpeg), or set ${setting}.`,
      { cause },
    )
  }
}
