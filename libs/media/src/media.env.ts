import { z } from 'zod'

/** This room's slice of an app's settings. */
export const mediaEnv = {
  FFMPEG_PATH: z.string().default('ffmpeg'),
  FFPROBE_PATH: z.string().default('ffprobe'),
}

/** Where the tools are: names on PATH or absolute paths. */
export interface MediaTools {
  readonly ffmpegPath: string
  readonly ffprobePath: string
}
