import type { Run, RunQuery } from '@libs/workflow'
import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { integerIn, text, time } from '../fields'
import { mediaIdOf } from '../media/media-id'
import { pagedRunId, pagedTime, pageToken, placeIn } from './page-token'

const place = z.tuple([pagedTime, pagedRunId]).transform(([at, id]) => ({ at, id }))

/** Runs by the time that they were accepted at. */
export class ListRunsQuery extends createZodDto(
  z.strictObject({
    mediaId: text(64).optional(),
    state: z.enum(['waiting', 'processing', 'finished', 'aborted']).optional(),
    outcome: z.enum(['succeeded', 'failed']).optional(),
    createdAfter: time.optional(),
    createdBefore: time.optional(),
    order: z.enum(['ascending', 'descending']).default('descending'),
    page: text(256).optional(),
    limit: integerIn(1, 100).prefault(20),
  }),
) {}

/** The `page` that comes after a run. */
export function nextPageOf(run: Run | undefined): string | undefined {
  return run && pageToken([run.createdAt.getTime(), run.id])
}

/** @throws AppError `media.notFound`, `request.invalidValue` for a page that no answer told of */
export function toRunQuery(query: ListRunsQuery): RunQuery {
  const { mediaId, state, outcome, createdAfter, createdBefore, order, page, limit } = query
  return {
    mediaId: mediaId === undefined ? undefined : mediaIdOf(mediaId),
    states: state && [state],
    outcome,
    createdAt: { after: createdAfter, before: createdBefore },
    by: 'createdAt',
    order,
    from: page === undefined ? undefined : placeIn(page, place),
    limit,
  }
}
