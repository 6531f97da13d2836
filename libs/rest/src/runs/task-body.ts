import type { PictureKindName, RequestOf } from '@libs/tasks'
import type { TaskRequest } from '@libs/workflow'
import { z } from 'zod'
import { definition } from '../fields'
import { offsetBody, presentOffset } from './offset-body'

const mostOffsets = 10_000
const mostTasks = 400

const taskBodies = {
  snapshotByTimeOffset: z
    .strictObject({
      kind: z.literal('snapshotByTimeOffset'),
      definition,
      offsets: z.array(offsetBody).min(1).max(mostOffsets),
    })
    .transform(({ kind, definition, offsets }) => ({ kind, definition, request: { offsets } })),
  sampleSnapshot: z
    .strictObject({ kind: z.literal('sampleSnapshot'), definition })
    .transform((task) => ({ ...task, request: {} })),
  imageSprites: z
    .strictObject({ kind: z.literal('imageSprites'), definition })
    .transform((task) => ({ ...task, request: {} })),
  coverBySnapshot: z
    .strictObject({ kind: z.literal('coverBySnapshot'), definition, position: offsetBody })
    .transform(({ kind, definition, position }) => ({ kind, definition, request: { position } })),
} satisfies { readonly [Kind in PictureKindName]: z.ZodType<TaskRequest<Kind>> }

const { snapshotByTimeOffset, sampleSnapshot, imageSprites, coverBySnapshot } = taskBodies

/** What to make: tasks of any kinds, in any order. */
export const taskList = z
  .array(z.discriminatedUnion('kind', [snapshotByTimeOffset, sampleSnapshot, imageSprites, coverBySnapshot]))
  .min(1)
  .max(mostTasks)

const presentRequest: { readonly [Kind in PictureKindName]: (request: RequestOf<Kind>) => object } = {
  snapshotByTimeOffset: ({ offsets }) => ({ offsets: offsets.map(presentOffset) }),
  sampleSnapshot: () => ({}),
  imageSprites: () => ({}),
  coverBySnapshot: ({ position }) => ({ position: presentOffset(position) }),
}

/** A task request in the words in which it was asked. */
export function presentTaskRequest<Kind extends PictureKindName>(task: TaskRequest<Kind>): object {
  const present: (request: RequestOf<Kind>) => object = presentRequest[task.kind]
  return { kind: task.kind, definition: task.definition, ...present(task.request) }
}
