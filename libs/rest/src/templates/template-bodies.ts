import {
  blackFrames,
  chromaSubsampling,
  colour,
  fillType,
  frameAccuracy,
  imageFormat,
  pictureDefaults,
  sampling,
  spriteDelivery,
} from '@libs/tasks'
import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { listing, named } from '../fields'

const mostCells = 100
const longestSheetSidePx = 15_000
const widestGapPx = 1000

/** 0 means "as the video has it". */
const sidePx = z
  .int()
  .refine((px) => px === 0 || (px >= 32 && px <= 4096), 'A size is 0, or from 32 to 4096.')
  .default(0)

const pictureShape = {
  widthPx: sidePx,
  heightPx: sidePx,
  resolutionAdaptive: z.boolean().default(true),
  format: imageFormat.default('jpg'),
  fill: fillType.default('black'),
  quality: z.int().min(1).max(100).default(pictureDefaults.quality),
  chroma: chromaSubsampling.default(pictureDefaults.chroma),
  accuracy: frameAccuracy.default(pictureDefaults.accuracy),
}

/** Which openings are black, where they are to be passed over. */
const stillShape = { ...pictureShape, avoidBlack: blackFrames.optional() }

export const pictureSettings = z.strictObject(stillShape)
export const sampleSettings = z.strictObject({ ...stillShape, sampling })
export const sheetSettings = z
  .strictObject({
    ...pictureShape,
    sampling,
    rows: z.int().min(1).max(mostCells),
    columns: z.int().min(1).max(mostCells),
    paddingPx: z.int().min(0).max(widestGapPx).optional(),
    marginPx: z.int().min(0).max(widestGapPx).optional(),
    background: colour.optional(),
    delivery: spriteDelivery.optional(),
  })
  .refine(({ rows, columns }) => rows * columns <= mostCells, {
    path: ['rows'],
    message: `A sheet has at most ${mostCells} cells.`,
  })
  .refine(({ widthPx, columns }) => widthPx * columns <= longestSheetSidePx, {
    path: ['widthPx'],
    message: `A sheet is at most ${longestSheetSidePx} px wide.`,
  })
  .refine(({ heightPx, rows }) => heightPx * rows <= longestSheetSidePx, {
    path: ['heightPx'],
    message: `A sheet is at most ${longestSheetSidePx} px high.`,
  })

export class SnapshotTemplateBody extends createZodDto(
  z.strictObject({ ...named, settings: pictureSettings.prefault({}) }),
) {}

export class SampleTemplateBody extends createZodDto(z.strictObject({ ...named, settings: sampleSettings })) {}

export class SpriteTemplateBody extends createZodDto(z.strictObject({ ...named, settings: sheetSettings })) {}

export class ListTemplatesQuery extends createZodDto(z.strictObject(listing)) {}
