import {
  blackFrames,
  chromaSubsampling,
  colour,
  fillType,
  frameAccuracy,
  imageFormat,
  pictureDefaults,
  sampling as anySampling,
  spriteDelivery,
} from '@libs/tasks'
import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { listing, named } from '../fields'

/** Of cells, in either direction. */
const mostLines = 10_000
const longestSheetSidePx = 15_000
const widestGapPx = 1000

/** 0 means "as the video has it"; vendors' templates, which are listed here too, begin at 8. */
const sidePx = z.int().refine((px) => px === 0 || (px >= 8 && px <= 4096), 'A size is 0, or from 8 to 4096.')

const pictureFields = {
  widthPx: sidePx,
  heightPx: sidePx,
  resolutionAdaptive: z.boolean(),
  format: imageFormat,
  fill: fillType,
  quality: z.int().min(1).max(100),
  chroma: chromaSubsampling,
  accuracy: frameAccuracy,
}

const pictureShape = {
  widthPx: pictureFields.widthPx.default(0),
  heightPx: pictureFields.heightPx.default(0),
  resolutionAdaptive: pictureFields.resolutionAdaptive.default(true),
  format: pictureFields.format.default('jpg'),
  fill: pictureFields.fill.default('black'),
  quality: pictureFields.quality.default(pictureDefaults.quality),
  chroma: pictureFields.chroma.default(pictureDefaults.chroma),
  accuracy: pictureFields.accuracy.default(pictureDefaults.accuracy),
}

/** Which openings are black, where they are to be passed over. */
const stillOnly = { avoidBlack: blackFrames.optional() }

const sampling = anySampling.meta({ id: 'Sampling' })

const lines = z.int().min(1).max(mostLines)
const gapPx = z.int().min(0).max(widestGapPx)
const sheetOnly = {
  sampling,
  rows: lines,
  columns: lines,
  paddingPx: gapPx.optional(),
  marginPx: gapPx.optional(),
  background: colour.optional(),
  delivery: spriteDelivery.optional(),
}

interface SheetSize {
  readonly widthPx: number
  readonly heightPx: number
  readonly rows: number
  readonly columns: number
}

/** What no single field shows to be wrong: the field to blame, and why. */
const sheetRules = [
  {
    field: 'widthPx',
    holds: ({ widthPx, columns }: SheetSize) => widthPx * columns <= longestSheetSidePx,
    message: `A sheet is at most ${longestSheetSidePx} px wide.`,
  },
  {
    field: 'heightPx',
    holds: ({ heightPx, rows }: SheetSize) => heightPx * rows <= longestSheetSidePx,
    message: `A sheet is at most ${longestSheetSidePx} px high.`,
  },
] as const

/** @returns the rules that a sheet breaks */
export function brokenSheetRules(sheet: SheetSize): readonly { readonly field: string; readonly message: string }[] {
  return sheetRules.filter(({ holds }) => !holds(sheet))
}

export const pictureSettings = z.strictObject({ ...pictureShape, ...stillOnly }).meta({ id: 'PictureSettings' })
export const sampleSettings = z.strictObject({ ...pictureShape, ...stillOnly, sampling }).meta({ id: 'SampleSettings' })
export const sheetSettings = z
  .strictObject({ ...pictureShape, ...sheetOnly })
  .superRefine((sheet, context) => {
    for (const { field, message } of brokenSheetRules(sheet)) {
      context.addIssue({ code: 'custom', path: [field], message })
    }
  })
  .meta({ id: 'SheetSettings' })

/** What one call puts over the settings of a template, field by field. */
export const pictureOverrides = z
  .strictObject({ ...pictureFields, ...stillOnly })
  .partial()
  .meta({ id: 'PictureOverrides' })
export const sampleOverrides = z
  .strictObject({ ...pictureFields, ...stillOnly, sampling })
  .partial()
  .meta({ id: 'SampleOverrides' })
export const sheetOverrides = z
  .strictObject({ ...pictureFields, ...sheetOnly })
  .partial()
  .meta({ id: 'SheetOverrides' })

/** How long results are kept; absent: as long as the deployment says. */
export const retainResultsDays = z.int().min(1).max(36_500).optional()

const facts = { ...named, retainResultsDays }

export class SnapshotTemplateBody extends createZodDto(
  z.strictObject({ ...facts, settings: pictureSettings.prefault({}) }),
) {}

export class SampleTemplateBody extends createZodDto(z.strictObject({ ...facts, settings: sampleSettings })) {}

export class SpriteTemplateBody extends createZodDto(z.strictObject({ ...facts, settings: sheetSettings })) {}

export class ListTemplatesQuery extends createZodDto(z.strictObject(listing)) {}
