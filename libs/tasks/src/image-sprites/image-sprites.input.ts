import { z } from 'zod'
import { frameAccuracy, pictureSettings } from '../stills/picture'
import { sampling } from '../timeline/offset'

/** Width and height are those of one cell. */
export const imageSpritesSettings = pictureSettings.extend({
  sampling,
  rows: z.int().positive(),
  columns: z.int().positive(),
})
export type ImageSpritesSettings = z.infer<typeof imageSpritesSettings>

export const imageSpritesRequest = z.object({ accuracy: frameAccuracy.optional() })
export type ImageSpritesRequest = z.infer<typeof imageSpritesRequest>
