import { pictureDefaults, type PictureSettings } from '@libs/tasks'
import type { z } from 'zod'
import { integer, integerIn, oneOf, string } from '../../protocol/fields'
import { frameAccuracy } from '../frame-accuracy.codec'

/** Tencent Cloud VOD, "CreateSnapshotByTimeOffsetTemplate": 0, or 32 to 4096. */
const side = integer
  .refine((px) => px === 0 || (px >= 32 && px <= 4096), 'The size is 0, or from 32 to 4096.')
  .default(0)

/** Template parameters that every template for pictures has; the format `avif` and the last three are our extensions. */
export const pictureShape = {
  Name: string(64).default(''),
  Comment: string(256).default(''),
  Width: side,
  Height: side,
  ResolutionAdaptive: oneOf(['open', 'close']).default('open'),
  Format: oneOf(['jpg', 'png', 'webp', 'avif']).default('jpg'),
  FillType: oneOf(['stretch', 'black', 'white', 'gauss']).default('black'),
  Quality: integerIn(1, 100).default(pictureDefaults.quality),
  ChromaSubsampling: oneOf(['420', '444']).default(pictureDefaults.chroma),
  FrameAccuracy: frameAccuracy.default(pictureDefaults.accuracy),
}

type PictureParameters = z.output<z.ZodObject<typeof pictureShape>>

export function decodePicture(parameters: PictureParameters): PictureSettings {
  return {
    widthPx: parameters.Width,
    heightPx: parameters.Height,
    resolutionAdaptive: parameters.ResolutionAdaptive === 'open',
    format: parameters.Format,
    fill: parameters.FillType,
    quality: parameters.Quality,
    chroma: parameters.ChromaSubsampling,
    accuracy: parameters.FrameAccuracy,
  }
}

export function encodePicture(settings: PictureSettings) {
  return {
    Width: settings.widthPx,
    Height: settings.heightPx,
    ResolutionAdaptive: settings.resolutionAdaptive ? 'open' : 'close',
    Format: settings.format,
    FillType: settings.fill,
    Quality: settings.quality,
    ChromaSubsampling: settings.chroma,
    FrameAccuracy: settings.accuracy,
  }
}
