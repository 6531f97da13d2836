import { usableCores } from '@libs/kernel'
import { z } from 'zod'

const wallDefaultS = 900

/** This room's slice of an app's settings. */
export const mediaEnv = {
  FFMPEG_PATH: z.string().default('ffmpeg'),
  FFPROBE_PATH: z.string().default('ffprobe'),
  /** `auto`: a sandbox where bubblewrap works; `require`: else the app does not start. */
  MEDIA_SANDBOX: z.enum(['off', 'auto', 'require']).default('auto'),
  /** Address space of one process. */
  MEDIA_MEMORY_MB: z.coerce.number().int().min(256).default(2048),
  /** Processor time of one process, all its threads together; absent: what the wall limit leaves room for. */
  MEDIA_CPU_SECONDS: z.coerce.number().int().min(1).optional(),
  MEDIA_WALL_SECONDS: z.coerce.number().int().min(1).default(wallDefaultS),
  /** How long a process may go without reading or writing anything. */
  MEDIA_STALL_SECONDS: z.coerce.number().int().min(1).default(20),
  /** The longest file that a process may write. */
  MEDIA_FILE_MB: z.coerce.number().int().min(1).default(1024),
  /** All that tools get of this process's environment, for the rest holds secrets. */
  PATH: z.string().default('/usr/local/bin:/usr/bin:/bin'),
  LD_LIBRARY_PATH: z.string().optional(),
}

export type MediaSettings = z.infer<z.ZodObject<typeof mediaEnv>>

/** What one process of a tool may use. */
export interface ToolLimits {
  readonly memoryBytes: number
  readonly fileBytes: number
  readonly cpuS: number
  readonly wallS: number
  readonly stallS: number
}

export function limitsIn(settings: MediaSettings): ToolLimits {
  const { MEDIA_WALL_SECONDS: wallS, MEDIA_CPU_SECONDS: cpuS = wallS * usableCores } = settings
  const mebibyte = 1024 * 1024
  return {
    memoryBytes: settings.MEDIA_MEMORY_MB * mebibyte,
    fileBytes: settings.MEDIA_FILE_MB * mebibyte,
    cpuS,
    wallS,
    stallS: settings.MEDIA_STALL_SECONDS,
  }
}
