import { AppError, parseRunId } from '@libs/kernel'
import type { Run, RunQuery } from '@libs/workflow'
import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { integerIn, text, time } from '../fields'
import { mediaIdOf } from '../media/media-id'

const place = z.tuple([z.int(), z.string()])

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
    limit: integerIn(1, 100).default(20),
  }),
) {}

/** The `page` that comes after a run. */
export function nextPageOf(run: Run | undefined): string | undefined {
  return run && Buffer.from(JSON.stringify([run.createdAt.getTime(), run.id])).toString('base64url')
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
    from: page === undefined ? undefined : placeOf(page),
    limit,
  }
}

function placeOf(page: string): RunQuery['from'] {
  try {
    const [atMs, text] = place.parse(JSON.parse(Buffer.from(page, 'base64url').toString()))
    const [at, id] = [new Date(atMs), parseRunId(text)]
    if (id !== undefined && !Number.isNaN(at.getTime())) return { at, id }
  } catch {
    // Told below: a page is what an earlier answer said, or it is wrong.
  }
  throw new AppError('request.invalidValue', 'This is no page of an earlier answer.', { field: 'page' })
}
