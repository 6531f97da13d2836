import { bucketName, fileName, frameAccuracy, mostWatermarks, type PictureKindName, vttFileName } from '@libs/tasks'
import type { TaskRequest } from '@libs/workflow'
import { z } from 'zod'
import { definition } from '../fields'
import {
  pictureOverrides,
  pictureSettings,
  sampleOverrides,
  sampleSettings,
  sheetOverrides,
  sheetSettings,
} from '../templates/template-bodies'
import { offsetBody } from './offset-body'

const mostOffsets = 10_000
const mostTasks = 400

/** The accuracy is of this call; without it the template's or the settings' holds. */
const shape = {
  definition: definition.optional(),
  accuracy: frameAccuracy.optional(),
  fileName: fileName.optional(),
  bucket: bucketName.optional(),
}

/** The watermarks to draw, later ones above earlier ones. */
const watermarkable = { ...shape, watermarks: z.array(z.strictObject({ definition })).max(mostWatermarks).optional() }

interface Recipe {
  readonly definition?: number | undefined
  readonly settings?: object | undefined
  readonly overrides?: object | undefined
}

/** Settings come from a template or with the task. */
function oneRecipe({ definition, settings }: Recipe): boolean {
  return (definition === undefined) !== (settings === undefined)
}
const needsOneRecipe = { path: ['definition'], message: 'Give either definition, of a template, or settings.' }

function overridesTemplate({ settings, overrides }: Recipe): boolean {
  return settings === undefined || overrides === undefined
}
const needsTemplate = { path: ['overrides'], message: 'Overrides go with a template; settings are whole.' }

interface SpriteNames {
  readonly bucket?: string | undefined
  readonly fileName?: string | undefined
  readonly cellFileName?: string | undefined
  readonly vttFileName?: string | undefined
}

/** A bucket is shared: what is left in it has a name. */
function namesInBucket({
  bucket,
  ...names
}: {
  readonly bucket?: string | undefined
  readonly fileName?: unknown
}): boolean {
  return bucket === undefined || names.fileName !== undefined
}
const needsNames = { path: ['fileName'], message: 'Files in a bucket need names.' }

function spriteNamesInBucket({ bucket, ...names }: SpriteNames): boolean {
  const named = names.fileName ?? names.cellFileName
  return bucket === undefined || (named !== undefined && names.vttFileName !== undefined)
}
const needsSpriteNames = { path: ['vttFileName'], message: 'The files and the WebVTT in a bucket need names.' }

/** A task as the core knows it, with what this call puts over its template. */
export type TaskBody<Kind extends PictureKindName = PictureKindName> = {
  [K in Kind]: TaskRequest<K> & { readonly overrides?: Overrides[K] | undefined }
}[Kind]

interface Overrides {
  readonly snapshotByTimeOffset: z.output<typeof pictureOverrides>
  readonly sampleSnapshot: z.output<typeof sampleOverrides>
  readonly imageSprites: z.output<typeof sheetOverrides>
  readonly coverBySnapshot: z.output<typeof pictureOverrides>
}

const taskBodies = {
  snapshotByTimeOffset: z
    .strictObject({
      kind: z.literal('snapshotByTimeOffset'),
      ...watermarkable,
      settings: pictureSettings.optional(),
      overrides: pictureOverrides.optional(),
      offsets: z.array(offsetBody).min(1).max(mostOffsets),
    })
    .refine(oneRecipe, needsOneRecipe)
    .refine(overridesTemplate, needsTemplate)
    .refine(namesInBucket, needsNames)
    .transform(({ kind, definition, settings, overrides, ...request }) => ({
      kind,
      definition,
      settings,
      overrides,
      request,
    }))
    .meta({ id: 'SnapshotTaskBody' }),
  sampleSnapshot: z
    .strictObject({
      kind: z.literal('sampleSnapshot'),
      ...watermarkable,
      settings: sampleSettings.optional(),
      overrides: sampleOverrides.optional(),
    })
    .refine(oneRecipe, needsOneRecipe)
    .refine(overridesTemplate, needsTemplate)
    .refine(namesInBucket, needsNames)
    .transform(({ kind, definition, settings, overrides, ...request }) => ({
      kind,
      definition,
      settings,
      overrides,
      request,
    }))
    .meta({ id: 'SampleTaskBody' }),
  imageSprites: z
    .strictObject({
      kind: z.literal('imageSprites'),
      ...shape,
      cellFileName: fileName.optional(),
      vttFileName: vttFileName.optional(),
      settings: sheetSettings.optional(),
      overrides: sheetOverrides.optional(),
    })
    .refine(oneRecipe, needsOneRecipe)
    .refine(overridesTemplate, needsTemplate)
    .refine(spriteNamesInBucket, needsSpriteNames)
    .transform(({ kind, definition, settings, overrides, ...request }) => ({
      kind,
      definition,
      settings,
      overrides,
      request,
    }))
    .meta({ id: 'SpriteTaskBody' }),
  coverBySnapshot: z
    .strictObject({
      kind: z.literal('coverBySnapshot'),
      ...watermarkable,
      settings: pictureSettings.optional(),
      overrides: pictureOverrides.optional(),
      position: offsetBody,
    })
    .refine(oneRecipe, needsOneRecipe)
    .refine(overridesTemplate, needsTemplate)
    .refine(namesInBucket, needsNames)
    .transform(({ kind, definition, settings, overrides, ...request }) => ({
      kind,
      definition,
      settings,
      overrides,
      request,
    }))
    .meta({ id: 'CoverTaskBody' }),
} satisfies { readonly [Kind in PictureKindName]: z.ZodType<TaskBody<Kind>> }

const { snapshotByTimeOffset, sampleSnapshot, imageSprites, coverBySnapshot } = taskBodies

/** What to make: tasks of any kinds, in any order. */
export const runTaskList = z
  .array(z.discriminatedUnion('kind', [snapshotByTimeOffset, sampleSnapshot, imageSprites, coverBySnapshot]))
  .min(1)
  .max(mostTasks)

/** What to make of many media: nothing is put over the templates, which are changed instead. */
export const procedureTaskList = runTaskList.superRefine((tasks, context) => {
  for (const [index, { overrides }] of tasks.entries()) {
    if (overrides === undefined) continue
    context.addIssue({
      code: 'custom',
      path: [index, 'overrides'],
      message: 'Overrides are of one run, not of a procedure.',
    })
  }
})
