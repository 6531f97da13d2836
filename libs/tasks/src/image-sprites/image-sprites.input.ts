import { z } from 'zod'
import { placement } from '../bucket'
import { fileName, vttFileName } from '../file-name'
import { frameAccuracy, pictureSettings } from '../stills/picture'
import { sampling } from '../timeline/offset'

/** What is made of the cells: sheets; each cell as a file of its own; or both. */
export const spriteDelivery = z.enum(['sheets', 'cells', 'both'])

/** Such as `#ff6347`. */
export const colour = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, 'A colour such as #ff6347 is expected.')
  .max(7)

/** Width and height are those of one cell. */
export const imageSpritesSettings = pictureSettings.extend({
  sampling,
  rows: z.int().positive(),
  columns: z.int().positive(),
  /** Between two cells; none by default. */
  paddingPx: z.int().nonnegative().optional(),
  /** Around all cells; none by default. */
  marginPx: z.int().nonnegative().optional(),
  /** Of what no cell covers; black by default. */
  background: colour.optional(),
  /** Sheets by default. */
  delivery: spriteDelivery.optional(),
})
export type ImageSpritesSettings = z.infer<typeof imageSpritesSettings>

export const imageSpritesRequest = z.object({
  accuracy: frameAccuracy.optional(),
  /** Of sheets. */
  fileName: fileName.optional(),
  /** Of cells that are files. */
  cellFileName: fileName.optional(),
  vttFileName: vttFileName.optional(),
  ...placement,
})
export type ImageSpritesRequest = z.infer<typeof imageSpritesRequest>
