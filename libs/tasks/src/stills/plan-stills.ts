import type { MediaInfo } from '../media-info'
import type { ImageFormat, PictureGeometry, PictureSettings } from './picture'
import { sizePicture } from './size-picture'

/** What the three kinds of single pictures come down to. */
export interface StillsPlan {
  readonly media: MediaInfo
  /** Times as asked, in the order of the results. */
  readonly atMs: readonly number[]
  readonly geometry: PictureGeometry
  readonly format: ImageFormat
}

/** @throws AppError `task.invalidConfiguration` for a size that no encoder holds */
export function planStills(atMs: readonly number[], settings: PictureSettings, media: MediaInfo): StillsPlan {
  return { media, atMs, geometry: sizePicture(settings, media), format: settings.format }
}
