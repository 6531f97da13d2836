import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Confinement } from './confinement/confine'
import { askForCapabilities } from './ffmpeg/run-ffmpeg'
import type { MediaTools } from './confinement/open-media-tools'
import { adviceOn } from './version-floor'

const run = promisify(execFile)

export interface MediaToolFacts {
  readonly ffmpegVersion: string
  readonly ffprobeVersion: string
  /** What the tools are held in, and why not in more. */
  readonly sandbox: 'bwrap' | `off${string}`
  readonly limits: 'prlimit' | 'none'
  readonly endWithWorker: 'bwrap' | 'setpriv' | 'no'
  /** What the operator should know about them. */
  readonly warnings: readonly string[]
}

/**
 * Says what the tools are and how they are confined, for the start-up log and the health page, and makes them ready for the first task.
 * @throws Error that names the setting and the package when one does not run
 */
export async function checkMediaTools(tools: MediaTools): Promise<MediaToolFacts> {
  const [ffmpegVersion, ffprobeVersion] = await Promise.all([
    versionOf(tools.ffmpegPath, 'FFMPEG_PATH'),
    versionOf(tools.ffprobePath, 'FFPROBE_PATH'),
  ])
  await askForCapabilities(tools)
  const advice = [adviceOn('ffmpeg', ffmpegVersion), adviceOn('ffprobe', ffprobeVersion), looseness(tools.confinement)]
  return {
    ffmpegVersion,
    ffprobeVersion,
    ...confinementOf(tools),
    warnings: advice.filter((one) => one !== undefined),
  }
}

function confinementOf({ confinement, sandboxRefusal }: MediaTools) {
  const { isSandboxed, hasPrlimit, hasSetpriv } = confinement
  return {
    sandbox: isSandboxed ? 'bwrap' : sandboxRefusal === undefined ? 'off' : (`off: ${sandboxRefusal}` as const),
    limits: hasPrlimit ? 'prlimit' : 'none',
    endWithWorker: isSandboxed ? 'bwrap' : hasSetpriv ? 'setpriv' : 'no',
  } as const
}

function looseness({ hasPrlimit, hasSetpriv, isSandboxed }: Confinement): string | undefined {
  if (hasPrlimit && (hasSetpriv || isSandboxed)) return undefined
  return (
    'Without prlimit and setpriv (the package "util-linux" of Linux) media tools may take all memory, and live on ' +
    'when their worker is killed.'
  )
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
