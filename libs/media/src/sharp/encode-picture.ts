import type { ImageFormat } from '@libs/tasks'
import type { Sharp } from 'sharp'

interface Size {
  readonly widthPx: number
  readonly heightPx: number
}

/** Best Huffman tables take a second pass, for which the encoder holds the whole picture: hundreds of megabytes. */
const mostOptimisedPixels = 16_000_000

/** Qualities at which artefacts are hard to see at the size a snapshot is looked at. */
export function encodePicture(picture: Sharp, format: ImageFormat, { widthPx, heightPx }: Size): Sharp {
  if (format === 'png') return picture.png()
  if (format === 'webp') return picture.webp({ quality: 85 })
  return picture.jpeg({ quality: 88, optimiseCoding: widthPx * heightPx <= mostOptimisedPixels })
}
