import { z } from 'zod'
import { artifact, still } from '../artifact'

export const imageSpritesOutput = z.object({
  cellWidthPx: z.int().positive(),
  cellHeightPx: z.int().positive(),
  /** Over all sheets. */
  cellCount: z.int().positive(),
  /** None where only cells were wanted. */
  sheets: z.array(artifact),
  /** The cells as files, in time order, where they were wanted. */
  cells: z.array(still).optional(),
  vtt: artifact,
})
export type ImageSpritesOutput = z.infer<typeof imageSpritesOutput>
