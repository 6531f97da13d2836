import { frameAccuracy, mostWatermarks, type PictureKindName, type RequestOf } from '@libs/tasks'
import type { TaskRequest } from '@libs/workflow'
import { z } from 'zod'
import { definition } from '../fields'
import { offsetBody, presentOffset } from './offset-body'

const mostOffsets = 10_000
const mostTasks = 400

/** The accuracy is of this call; without it the template's holds. */
const shape = { definition, accuracy: frameAccuracy.optional() }

/** The watermarks to draw, later ones above earlier ones. */
const watermarkable = { ...shape, watermarks: z.array(z.strictObject({ definition })).max(mostWatermarks).optional() }

const taskBodies = {
  snapshotByTimeOffset: z
    .strictObject({
      kind: z.literal('snapshotByTimeOffset'),
      ...watermarkable,
      offsets: z.array(offsetBody).min(1).max(mostOffsets),
    })
    .transform(({ kind, definition, ...request }) => ({ kind, definition, request })),
  sampleSnapshot: z
    .strictObject({ kind: z.literal('sampleSnapshot'), ...watermarkable })
    .transform(({ kind, definition, ...request }) => ({ kind, definition, request })),
  imageSprites: z
    .strictObject({ kind: z.literal('imageSprites'), ...shape })
    .transform(({ kind, definition, ...request }) => ({ kind, definition, request })),
  coverBySnapshot: z
    .strictObject({ kind: z.literal('coverBySnapshot'), ...watermarkable, position: offsetBody })
    .transform(({ kind, definition, ...request }) => ({ kind, definition, request })),
} satisfies { readonly [Kind in PictureKindName]: z.ZodType<TaskRequest<Kind>> }

const { snapshotByTimeOffset, sampleSnapshot, imageSprites, coverBySnapshot } = taskBodies

/** What to make: tasks of any kinds, in any order. */
export const taskList = z
  .array(z.discriminatedUnion('kind', [snapshotByTimeOffset, sampleSnapshot, imageSprites, coverBySnapshot]))
  .min(1)
  .max(mostTasks)

const presentRequest: { readonly [Kind in PictureKindName]: (request: RequestOf<Kind>) => object } = {
  snapshotByTimeOffset: ({ offsets, watermarks }) => ({ offsets: offsets.map(presentOffset), watermarks }),
  sampleSnapshot: ({ watermarks }) => ({ watermarks }),
  imageSprites: () => ({}),
  coverBySnapshot: ({ position, watermarks }) => ({ position: presentOffset(position), watermarks }),
}

/** A task request in the words in which it was asked. */
export function presentTaskRequest<Kind extends PictureKindName>(task: TaskRequest<Kind>): object {
  const { kind, definition, request } = task
  const present: (request: RequestOf<Kind>) => object = presentRequest[kind]
  return { kind, definition, ...present(request), accuracy: request.accuracy }
}
