import { AppError } from '@libs/kernel'
import type { MediaInfo } from '../media-info'
import type { PictureGeometry, PictureSettings } from './picture'

/** The longest side that every picture format can hold; WebP ends here. */
export const maxSidePx = 16_383
/** The most pixels in one picture: a square of 8192. */
export const maxPixels = 8192 * 8192

type Display = Pick<MediaInfo, 'displayWidthPx' | 'displayHeightPx'>
type Sizing = Pick<PictureSettings, 'widthPx' | 'heightPx' | 'resolutionAdaptive' | 'fill'>

/**
 * The exact size of a picture (Tencent VOD, `SnapshotByTimeOffsetTemplate`: Width, Height, ResolutionAdaptive).
 * Both 0: as the video is shown. One 0: that side keeps the video's proportion. Both set: just that, the video laid in by
 * the fill rule. Adaptive: width means the long side and height the short one, also where one of them is 0.
 * @throws AppError `task.invalidConfiguration` when no encoder could hold the picture
 */
export function sizePicture(settings: Sizing, media: Display): PictureGeometry {
  const portrait = media.displayHeightPx > media.displayWidthPx
  const swapped = settings.resolutionAdaptive && portrait
  const askedWidthPx = swapped ? settings.heightPx : settings.widthPx
  const askedHeightPx = swapped ? settings.widthPx : settings.heightPx
  const { widthPx, heightPx } = complete(askedWidthPx, askedHeightPx, media)
  if (widthPx > maxSidePx || heightPx > maxSidePx || widthPx * heightPx > maxPixels) {
    throw new AppError(
      'task.invalidConfiguration',
      `A picture of ${widthPx}x${heightPx} px is too large; a side may have ${maxSidePx} px, the whole ${maxPixels} px.`,
      { field: widthPx >= heightPx ? 'settings.widthPx' : 'settings.heightPx' },
    )
  }
  return { widthPx, heightPx, fill: settings.fill }
}

function complete(widthPx: number, heightPx: number, media: Display): { widthPx: number; heightPx: number } {
  if (widthPx > 0 && heightPx > 0) return { widthPx, heightPx }
  const { displayWidthPx, displayHeightPx } = media
  if (widthPx > 0) return { widthPx, heightPx: atLeastOne((widthPx * displayHeightPx) / displayWidthPx) }
  if (heightPx > 0) return { widthPx: atLeastOne((heightPx * displayWidthPx) / displayHeightPx), heightPx }
  return { widthPx: displayWidthPx, heightPx: displayHeightPx }
}

function atLeastOne(px: number): number {
  return Math.max(1, Math.round(px))
}
