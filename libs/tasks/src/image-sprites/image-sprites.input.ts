import { z } from 'zod'
import { pictureSettings } from '../stills/picture'
import { sampling } from '../timeline/offset'

/** Width and height are those of one cell. */
export const imageSpritesSettings = pictureSettings.extend({
  sampling,
  rows: z.int().positive(),
  columns: z.int().positive(),
})
export type ImageSpritesSettings = z.infer<typeof imageSpritesSettings>

export const imageSpritesRequest = z.object({})
export type ImageSpritesRequest = z.infer<typeof imageSpritesRequest>
