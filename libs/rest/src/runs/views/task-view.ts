import { bucketName, frameAccuracy, pictureKindNames } from '@libs/tasks'
import { z } from 'zod'
import { definition } from '../../fields'
import { moment } from '../../openapi/view'
import { pictureSettings, sampleSettings, sheetSettings } from '../../templates/template-bodies'

export const fileView = z.object({ url: z.url(), sizeBytes: z.int() }).meta({ id: 'File' })

export const stillView = z
  .object({
    ...fileView.shape,
    widthPx: z.int(),
    heightPx: z.int(),
    atMs: z.number().meta({ description: 'The time that was asked for.' }),
    ptsMs: z.number().meta({ description: 'When the frame that stands for it is first shown.' }),
  })
  .meta({ id: 'Still' })

export const stillsView = z.object({ stills: z.array(stillView) }).meta({ id: 'Stills' })
export const sheetsView = z
  .object({
    cellWidthPx: z.int(),
    cellHeightPx: z.int(),
    cellCount: z.int(),
    sheets: z.array(fileView),
    cells: z.array(stillView).optional(),
    vtt: fileView,
  })
  .meta({ id: 'Sheets' })
export const coverView = z.object({ cover: stillView }).meta({ id: 'Cover' })

const shape = {
  definition: definition.optional(),
  accuracy: frameAccuracy.optional(),
  fileName: z.string().optional(),
  bucket: bucketName.optional(),
}
const watermark = z.object({
  definition,
  text: z.string().optional(),
  fromS: z.number().optional(),
  toS: z.number().optional(),
})
const watermarks = z.array(watermark).optional()
const offset = z.union([z.number(), z.string()]).meta({ description: 'Such as "3.5s", "10%", or milliseconds.' })

const requestShapes = {
  snapshotByTimeOffset: {
    kind: z.literal('snapshotByTimeOffset'),
    ...shape,
    settings: pictureSettings.optional(),
    offsets: z.array(offset),
    watermarks,
  },
  sampleSnapshot: {
    kind: z.literal('sampleSnapshot'),
    ...shape,
    settings: sampleSettings.optional(),
    watermarks,
  },
  imageSprites: {
    kind: z.literal('imageSprites'),
    ...shape,
    settings: sheetSettings.optional(),
    cellFileName: z.string().optional(),
    vttFileName: z.string().optional(),
  },
  coverBySnapshot: {
    kind: z.literal('coverBySnapshot'),
    ...shape,
    settings: pictureSettings.optional(),
    position: offset,
    watermarks,
  },
}

/** Why something failed. */
export const faultView = z
  .object({ code: z.string(), detail: z.string(), retryAfterMs: z.number().optional() })
  .meta({ id: 'Fault' })

/** How far a task is. */
export const progressView = z.object({
  taskId: z.string(),
  kind: z.enum(pictureKindNames),
  state: z.enum(['waiting', 'processing', 'succeeded', 'failed']),
  progressPercent: z.int(),
  framesDone: z.int().optional().meta({ description: 'How many of its pictures are made.' }),
  frames: z.int().optional().meta({ description: 'How many pictures it makes; absent until a worker has said so.' }),
})

const progress = {
  ...progressView.omit({ kind: true }).shape,
  fault: faultView.optional(),
  startedAt: moment.optional(),
  finishedAt: moment.optional(),
}

const { snapshotByTimeOffset, sampleSnapshot, imageSprites, coverBySnapshot } = requestShapes

/** A task as it was asked for. */
export const taskRequestView = z.discriminatedUnion('kind', [
  z.object(snapshotByTimeOffset),
  z.object(sampleSnapshot),
  z.object(imageSprites),
  z.object(coverBySnapshot),
])

const taskShapes = {
  snapshotByTimeOffset: { ...snapshotByTimeOffset, ...progress, output: stillsView.optional() },
  sampleSnapshot: { ...sampleSnapshot, ...progress, output: stillsView.optional() },
  imageSprites: { ...imageSprites, ...progress, output: sheetsView.optional() },
  coverBySnapshot: { ...coverBySnapshot, ...progress, output: coverView.optional() },
}

/** A task of a run: as it was asked for, how far it is, and what it brought. */
export const taskView = z.discriminatedUnion('kind', [
  z.object(taskShapes.snapshotByTimeOffset).meta({ id: 'SnapshotTask' }),
  z.object(taskShapes.sampleSnapshot).meta({ id: 'SampleTask' }),
  z.object(taskShapes.imageSprites).meta({ id: 'SpriteTask' }),
  z.object(taskShapes.coverBySnapshot).meta({ id: 'CoverTask' }),
])

const ofRun = { runId: z.string(), mediaId: z.string(), index: z.int(), createdAt: moment }

/** A task outside of its run. */
export const runTaskView = z
  .discriminatedUnion('kind', [
    z.object({ ...taskShapes.snapshotByTimeOffset, ...ofRun }),
    z.object({ ...taskShapes.sampleSnapshot, ...ofRun }),
    z.object({ ...taskShapes.imageSprites, ...ofRun }),
    z.object({ ...taskShapes.coverBySnapshot, ...ofRun }),
  ])
  .meta({ id: 'Task' })

/** The latest that was made of a media with a template of a kind. */
const result = { definition: definition.optional(), runId: z.string(), finishedAt: moment.optional() }
export const resultView = z.discriminatedUnion('kind', [
  z.object({ kind: snapshotByTimeOffset.kind, ...result, output: stillsView }),
  z.object({ kind: sampleSnapshot.kind, ...result, output: stillsView }),
  z.object({ kind: imageSprites.kind, ...result, output: sheetsView }),
  z.object({ kind: coverBySnapshot.kind, ...result, output: coverView }),
])
