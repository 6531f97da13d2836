import type { EncodedFormat } from './picture-filter'

/** Tokens for ffmpeg's encoder of a picture. */
export function encoderArgs(format: EncodedFormat): readonly string[] {
  return format === 'jpg' ? ['-c:v', 'mjpeg', '-q:v', '2', '-huffman', 'optimal'] : ['-c:v', 'png']
}
