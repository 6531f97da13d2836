import { readEnv } from '@libs/kernel'
import { mediaEnv } from '@libs/media'
import type { MediaTools } from '@libs/media'

/** The ffmpeg and ffprobe that tests use, set as for the product. */
export function testMediaTools(): MediaTools {
  const { FFMPEG_PATH: ffmpegPath, FFPROBE_PATH: ffprobePath } = readEnv(mediaEnv)
  return { ffmpegPath, ffprobePath }
}
