import { spawnSync } from 'node:child_process'
import { limitsIn } from '../media.env'
import type { MediaSettings } from '../media.env'
import { confine } from './confine'
import type { Confinement } from './confine'
import { findOnPath } from './find-on-path'

/** The tools, where they are and how they are started. */
export interface MediaTools {
  /** Absolute, or a name on PATH that was not found there. */
  readonly ffmpegPath: string
  readonly ffprobePath: string
  readonly confinement: Confinement
  /** The whole environment that they get. */
  readonly env: NodeJS.ProcessEnv
  /** Why there is no sandbox although there might have been one. */
  readonly sandboxRefusal?: string
}

/** The npm build of ffprobe crashes in glibc's character conversion on every transport stream; so it finds none. */
const withoutConversion = { GCONV_PATH: '/nonexistent' }
/** glibc keeps an arena for each thread, which reserves 64 MB of address space. */
const oneArena = { MALLOC_ARENA_MAX: '1' }
const trialMs = 20_000

/**
 * Tries what this machine has to confine tools with; takes as long as starting ffmpeg twice.
 * @throws Error when a sandbox is required and there is none
 */
export function openMediaTools(settings: MediaSettings): MediaTools {
  const { PATH, LD_LIBRARY_PATH } = settings
  const env = { PATH, ...(LD_LIBRARY_PATH && { LD_LIBRARY_PATH }), ...withoutConversion, ...oneArena }
  const [ffmpegPath, ffprobePath] = [settings.FFMPEG_PATH, settings.FFPROBE_PATH].map((tool) => findOnPath(tool, PATH))
  const bare = { limits: limitsIn(settings), hasPrlimit: false, hasSetpriv: false, isSandboxed: false }
  const complaintOf = (tool: string, args: readonly string[], tried: Partial<Confinement>): string | undefined => {
    const [command = '', ...rest] = confine({ tool, args }, { ...bare, ...tried })
    const { status, stderr, error } = spawnSync(command, rest, { env, timeout: trialMs, encoding: 'utf8' })
    return status === 0 ? undefined : (error?.message ?? stderr).trim().slice(0, 300)
  }
  const held = {
    ...bare,
    hasPrlimit: complaintOf('true', [], { hasPrlimit: true }) === undefined,
    hasSetpriv: complaintOf('true', [], { hasSetpriv: true }) === undefined,
  }
  const tools = { ffmpegPath: ffmpegPath ?? '', ffprobePath: ffprobePath ?? '', env }
  if (settings.MEDIA_SANDBOX === 'off') return { ...tools, confinement: held }
  const refusal =
    complaintOf(tools.ffmpegPath, ['-version'], { ...held, isSandboxed: true }) ??
    complaintOf(tools.ffprobePath, ['-version'], { ...held, isSandboxed: true })
  if (refusal === undefined) return { ...tools, confinement: { ...held, isSandboxed: true } }
  if (settings.MEDIA_SANDBOX === 'require') {
    throw new Error(
      `MEDIA_SANDBOX=require, but there is no sandbox: ${refusal}. Install bubblewrap, or see docs/media-safety.md.`,
    )
  }
  return { ...tools, confinement: held, sandboxRefusal: refusal }
}
