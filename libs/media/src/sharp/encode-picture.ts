import type { PictureEncoding } from '@libs/tasks'
import type { Sharp } from 'sharp'

interface Size {
  readonly widthPx: number
  readonly heightPx: number
}

/** Best Huffman tables take a second pass, for which the encoder holds the whole picture: hundreds of megabytes. */
const mostOptimisedPixels = 16_000_000

const subsampling = { '420': '4:2:0', '444': '4:4:4' } as const

/** Qualities at which artefacts are hard to see at the size a snapshot is looked at. */
export function encodePicture(
  picture: Sharp,
  { format, quality, chroma }: PictureEncoding,
  { widthPx, heightPx }: Size,
): Sharp {
  const chromaSubsampling = subsampling[chroma]
  if (format === 'png') return picture.png()
  if (format === 'webp') return picture.webp({ quality })
  if (format === 'avif') return picture.avif({ quality, chromaSubsampling, effort: 3 })
  return picture.jpeg({ quality, chromaSubsampling, optimiseCoding: widthPx * heightPx <= mostOptimisedPixels })
}
