import type { MediaInfo } from '../media-info'
import type { FrameAccuracy, PictureEncoding, PictureGeometry, PictureSettings } from './picture'
import { sizePicture } from './size-picture'

/** What the three kinds of single pictures come down to. */
export interface StillsPlan {
  readonly media: MediaInfo
  /** Times as asked, in the order of the results. */
  readonly atMs: readonly number[]
  readonly geometry: PictureGeometry
  readonly encoding: PictureEncoding
  readonly accuracy: FrameAccuracy
}

/** @throws AppError `task.invalidConfiguration` for a size that no encoder holds */
export function planStills(
  atMs: readonly number[],
  settings: PictureSettings,
  request: { readonly accuracy?: FrameAccuracy | undefined },
  media: MediaInfo,
): StillsPlan {
  const { format, quality, chroma } = settings
  return {
    media,
    atMs,
    geometry: sizePicture(settings, media),
    encoding: { format, quality, chroma },
    accuracy: request.accuracy ?? settings.accuracy,
  }
}
