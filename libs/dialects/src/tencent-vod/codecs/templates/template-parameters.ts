import type { PictureTemplateName } from '@libs/tasks'
import { z } from 'zod'
import { integerIn } from '../../protocol/fields'
import { pictureShape } from './picture-settings.codec'
import { percentWithinHundred, samplingShape } from './sampling.codec'

/** Tencent Cloud VOD: the console's limit on cells, and CreateImageSpriteTemplate's on the side of a sheet. */
const mostCells = 100
const longestSidePx = 15_000

/** Of a kind (Tencent Cloud VOD, the pages of the Create…Template actions). */
export const mostTemplates = 16

/** The parameters of Create…Template, one by one. */
export const templateShapes = {
  snapshotByTimeOffset: pictureShape,
  sampleSnapshot: { ...pictureShape, ...samplingShape },
  imageSprite: {
    ...pictureShape,
    ...samplingShape,
    RowCount: integerIn(1, mostCells),
    ColumnCount: integerIn(1, mostCells),
  },
} as const satisfies Record<PictureTemplateName, z.ZodRawShape>

type Sheet = Pick<
  z.output<z.ZodObject<typeof templateShapes.imageSprite>>,
  'Width' | 'Height' | 'RowCount' | 'ColumnCount'
>

/** What a sheet's parameters must be together. */
export function sheetWithinLimits({ Width, Height, RowCount, ColumnCount }: Sheet, context: z.RefinementCtx): void {
  const refuse = (name: string, message: string) => {
    context.addIssue({ code: 'custom', path: [name], message })
  }
  if (RowCount * ColumnCount > mostCells) refuse('RowCount', `A sheet has at most ${mostCells} cells.`)
  if (Width * ColumnCount > longestSidePx) refuse('Width', `A sheet is at most ${longestSidePx} px wide.`)
  if (Height * RowCount > longestSidePx) refuse('Height', `A sheet is at most ${longestSidePx} px high.`)
}

/** The parameters of a whole template, checked one by one and together. */
export const templateParameters = {
  snapshotByTimeOffset: z.strictObject(templateShapes.snapshotByTimeOffset),
  sampleSnapshot: z.strictObject(templateShapes.sampleSnapshot).superRefine(percentWithinHundred),
  imageSprite: z
    .strictObject(templateShapes.imageSprite)
    .superRefine(percentWithinHundred)
    .superRefine(sheetWithinLimits),
}

/** The same parameters where each may be left out, and nothing takes its place. */
export function changesOf(shape: z.ZodRawShape): z.ZodRawShape {
  return Object.fromEntries(
    Object.entries(shape).map(([name, type]) => [
      name,
      z.optional(type instanceof z.ZodDefault ? type.unwrap() : type),
    ]),
  )
}
