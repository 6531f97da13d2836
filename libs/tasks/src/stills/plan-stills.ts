import { refuseOneNameForMany } from '../file-name'
import type { MediaInfo } from '../media-info'
import type { BlackFrames, FrameAccuracy, PictureEncoding, PictureGeometry, PictureSettings } from './picture'
import { type PlacedMark, placeWatermark } from '../watermarks/place-watermark'
import type { FrozenWatermark } from '../watermarks/watermark'
import { sizePicture } from './size-picture'

/** What the three kinds of single pictures come down to. */
export interface StillsPlan {
  readonly media: MediaInfo
  /** Times as asked, in the order of the results. */
  readonly atMs: readonly number[]
  readonly geometry: PictureGeometry
  readonly encoding: PictureEncoding
  readonly accuracy: FrameAccuracy
  /** A frame that stands for several times is shown for the first of them alone. */
  readonly distinct?: boolean
  readonly avoidBlack?: BlackFrames | undefined
  /** A pattern in place of the kind's own names. */
  readonly fileName?: string
  /** Later ones lie above earlier ones. */
  readonly marks: readonly PlacedMark[]
}

type StillsSettings = PictureSettings & {
  readonly avoidBlack?: BlackFrames | undefined
  readonly watermarks?: readonly FrozenWatermark[] | undefined
}

/** @throws AppError `task.invalidConfiguration` for a size that no encoder holds */
export function planStills(
  atMs: readonly number[],
  settings: StillsSettings,
  request: { readonly accuracy?: FrameAccuracy | undefined; readonly fileName?: string | undefined },
  media: MediaInfo,
): StillsPlan {
  const { format, quality, chroma, avoidBlack, watermarks = [] } = settings
  const { fileName } = request
  refuseOneNameForMany(fileName, atMs.length, 'fileName')
  const geometry = sizePicture(settings, media)
  return {
    media,
    atMs,
    geometry,
    encoding: { format, quality, chroma },
    accuracy: request.accuracy ?? settings.accuracy,
    ...(avoidBlack && { avoidBlack }),
    ...(fileName !== undefined && { fileName }),
    marks: watermarks.map((watermark) => placeWatermark(watermark, geometry)),
  }
}
