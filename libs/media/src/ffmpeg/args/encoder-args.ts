import type { PictureEncoding } from '@libs/tasks'

/** ITU-T T.81, tables K.1 and K.2, which every quality from 1 to 100 is a multiple of (libjpeg, `jpeg_set_quality`). */
const lumaTable = [
  ...[16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55],
  ...[14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62],
  ...[18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92],
  ...[49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99],
]
const chromaTable = [
  ...[17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99],
  ...[24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99],
  ...Array.from({ length: 32 }, () => 99),
]

/**
 * Tokens for ffmpeg's encoder. JPEG gets the very quantisation tables that sharp would use, for ffmpeg's own scale has 31
 * steps that mean something else: so a quality is the same whichever of the two writes the picture.
 */
export function encoderArgs(
  { format, quality }: PictureEncoding,
  { isInterim }: { readonly isInterim: boolean },
): readonly string[] {
  if (format !== 'jpg') return ['-c:v', 'png', ...(isInterim ? quickly : [])]
  const tables = ['-intra_matrix', scaled(lumaTable, quality), '-chroma_intra_matrix', scaled(chromaTable, quality)]
  // At 8, the encoder takes the tables as they are.
  return ['-c:v', 'mjpeg', '-q:v', '8', ...tables, '-huffman', 'optimal']
}

/** A tenth more bytes for half the time, where the bytes are read once. */
const quickly = ['-compression_level', '1']

function scaled(table: readonly number[], quality: number): string {
  const percent = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality
  return table.map((step) => Math.min(255, Math.max(1, Math.floor((step * percent + 50) / 100)))).join(',')
}
