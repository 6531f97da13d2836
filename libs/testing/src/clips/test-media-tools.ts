import { readEnv } from '@libs/kernel'
import { mediaEnv, openMediaTools } from '@libs/media'
import type { MediaTools } from '@libs/media'

let opened: MediaTools | undefined

/** The ffmpeg and ffprobe that tests use, set and confined as for the product. */
export function testMediaTools(): MediaTools {
  return (opened ??= openMediaTools(readEnv(mediaEnv)))
}
