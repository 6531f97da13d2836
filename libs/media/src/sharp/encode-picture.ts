import type { ImageFormat } from '@libs/tasks'
import type { Sharp } from 'sharp'

/** Qualities at which artefacts are hard to see at the size a snapshot is looked at. */
export function encodePicture(picture: Sharp, format: ImageFormat): Sharp {
  if (format === 'png') return picture.png()
  if (format === 'webp') return picture.webp({ quality: 85 })
  return picture.jpeg({ quality: 88 })
}
