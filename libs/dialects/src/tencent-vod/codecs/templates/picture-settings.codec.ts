import { pictureDefaults, type PictureSettings } from '@libs/tasks'
import type { z } from 'zod'
import { integer, oneOf, string } from '../../protocol/fields'

/** Tencent Cloud VOD, "CreateSnapshotByTimeOffsetTemplate": 0, or 32 to 4096. */
const side = integer
  .refine((px) => px === 0 || (px >= 32 && px <= 4096), 'The size is 0, or from 32 to 4096.')
  .default(0)

/** Template parameters that every template for pictures has. */
export const pictureShape = {
  Name: string(64).default(''),
  Comment: string(256).default(''),
  Width: side,
  Height: side,
  ResolutionAdaptive: oneOf(['open', 'close']).default('open'),
  Format: oneOf(['jpg', 'png', 'webp']).default('jpg'),
  FillType: oneOf(['stretch', 'black', 'white', 'gauss']).default('black'),
}

type PictureParameters = z.output<z.ZodObject<typeof pictureShape>>

export function decodePicture(parameters: PictureParameters): PictureSettings {
  return {
    widthPx: parameters.Width,
    heightPx: parameters.Height,
    resolutionAdaptive: parameters.ResolutionAdaptive === 'open',
    format: parameters.Format,
    fill: parameters.FillType,
    ...pictureDefaults,
  }
}

export function encodePicture({ widthPx, heightPx, resolutionAdaptive, format, fill }: PictureSettings) {
  return {
    Width: widthPx,
    Height: heightPx,
    ResolutionAdaptive: resolutionAdaptive ? 'open' : 'close',
    Format: format,
    FillType: fill,
  }
}
