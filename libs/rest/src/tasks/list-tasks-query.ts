import { pictureKindNames } from '@libs/tasks'
import type { RunTask, TaskQuery, TaskState } from '@libs/workflow'
import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { integerIn, text, time } from '../fields'
import { mediaIdOf } from '../media/media-id'
import { pagedRunId, pagedTime, pageToken, placeIn } from '../runs/page-token'
import { runIdOf } from '../runs/run-id'

const place = z
  .tuple([pagedTime, pagedRunId, z.int().min(0).max(10_000)])
  .transform(([at, runId, index]) => ({ at, runId, index }))

const stateOf = {
  waiting: 'waiting',
  processing: 'dispatched',
  succeeded: 'succeeded',
  failed: 'failed',
} as const satisfies Record<string, TaskState>

/** Tasks by the time that their runs were accepted at. */
export class ListTasksQuery extends createZodDto(
  z.strictObject({
    runId: text(64).optional(),
    mediaId: text(64).optional(),
    kind: z.enum(pictureKindNames).optional(),
    state: z.enum(['waiting', 'processing', 'succeeded', 'failed']).optional(),
    createdAfter: time.optional(),
    createdBefore: time.optional(),
    order: z.enum(['ascending', 'descending']).default('descending'),
    page: text(256).optional(),
    limit: integerIn(1, 100).default(20),
  }),
) {}

/** The `page` that comes after a task. */
export function nextPageOf(last: RunTask | undefined): string | undefined {
  return last && pageToken([last.run.createdAt.getTime(), last.run.id, last.task.index])
}

/** @throws AppError `run.notFound`, `media.notFound`, `request.invalidValue` for a page that no answer told of */
export function toTaskQuery(query: ListTasksQuery): TaskQuery {
  const { runId, mediaId, kind, state, createdAfter, createdBefore, order, page, limit } = query
  return {
    runId: runId === undefined ? undefined : runIdOf(runId),
    mediaId: mediaId === undefined ? undefined : mediaIdOf(mediaId),
    kind,
    state: state && stateOf[state],
    createdAt: { after: createdAfter, before: createdBefore },
    order,
    from: page === undefined ? undefined : placeIn(page, place),
    limit,
  }
}
