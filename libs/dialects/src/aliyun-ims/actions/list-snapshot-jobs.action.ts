import { AppError, parseRunId } from '@libs/kernel'
import { ListRuns, type RunQuery } from '@libs/workflow'
import { z } from 'zod'
import { actionParameters, defineAction } from '../../aliyun-rpc/define-action'
import { integerIn, oneOf, string } from '../../parameters/fields'
import { presentJob } from '../codecs/job.codec'

const time = string(64)
  .refine((text) => z.iso.datetime().safeParse(text).success, 'YYYY-MM-DDThh:mm:ssZ is expected.')
  .transform((text) => new Date(text))

/** What a job of each status is to us. */
const statuses = {
  Init: { states: ['waiting', 'processing'] },
  Success: { outcome: 'succeeded' },
  Fail: { outcome: 'failed' },
} as const satisfies Record<string, Partial<RunQuery>>

const place = z.tuple([z.int(), z.string()])

function tokenOf(at: Date, id: string): string {
  return Buffer.from(JSON.stringify([at.getTime(), id])).toString('base64url')
}

/** @throws AppError `request.invalidValue` for a token that no answer told of */
function placeOf(token: string): RunQuery['from'] {
  try {
    const [atMs, text] = place.parse(JSON.parse(Buffer.from(token, 'base64url').toString()))
    const [at, id] = [new Date(atMs), parseRunId(text)]
    if (id !== undefined && !Number.isNaN(at.getTime())) return { at, id }
  } catch {
    // Told below: a token is what an earlier answer said, or it is wrong.
  }
  throw new AppError('request.invalidValue', 'This is no token of an earlier answer.', { field: 'NextPageToken' })
}

export const listSnapshotJobs = defineAction({
  parameters: actionParameters({
    JobId: string(64).optional(),
    Status: oneOf(['Init', 'Success', 'Fail']).optional(),
    StartOfCreateTime: time.optional(),
    EndOfCreateTime: time.optional(),
    OrderBy: oneOf(['CreateTimeDesc', 'CreateTimeAsc']).default('CreateTimeDesc'),
    PageSize: integerIn(1, 100).default(20),
    NextPageToken: string(256).optional(),
  }),
  useCase: ListRuns,
  toCommand(asked, { subAppId }) {
    const id = asked.JobId === undefined ? undefined : parseRunId(asked.JobId)
    const query: RunQuery = {
      id,
      ...(asked.Status && statuses[asked.Status]),
      createdAt: { after: asked.StartOfCreateTime, before: asked.EndOfCreateTime },
      by: 'createdAt',
      order: asked.OrderBy === 'CreateTimeAsc' ? 'ascending' : 'descending',
      from: asked.NextPageToken === undefined ? undefined : placeOf(asked.NextPageToken),
      limit: asked.PageSize,
    }
    // What is no id of a job is no job's.
    return { subAppId, query, isNobody: asked.JobId !== undefined && id === undefined }
  },
  async execute(list, { subAppId, query, isNobody }) {
    return isNobody ? { reports: [], hasMore: false } : list.withTasks(subAppId, query)
  },
  toResponse({ reports, hasMore }) {
    const last = hasMore ? reports.at(-1)?.run : undefined
    return {
      Jobs: reports.map((report) => presentJob(report)),
      ...(last && { NextPageToken: tokenOf(last.createdAt, last.id) }),
    }
  },
})
