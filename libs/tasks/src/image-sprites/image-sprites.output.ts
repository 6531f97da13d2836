import { z } from 'zod'
import { artifact } from '../artifact'

export const imageSpritesOutput = z.object({
  cellWidthPx: z.int().positive(),
  cellHeightPx: z.int().positive(),
  /** Over all sheets. */
  cellCount: z.int().positive(),
  sheets: z.array(artifact),
  vtt: artifact,
})
export type ImageSpritesOutput = z.infer<typeof imageSpritesOutput>
