import { AppError, parseRunId } from '@libs/kernel'
import { ListRuns, type Run, type RunQuery, type RunState } from '@libs/workflow'
import { z } from 'zod'
import { timeRange } from '../../codecs/media/time-span.codec'
import { timeOrEmpty, vendorRunStatus, vendorTime } from '../../codecs/vendor-words'
import { actionParameters, defineAction } from '../../define-action'
import { integerIn, oneOf, string } from '../../protocol/fields'
import { pullTaskIdOf, taskIdOf } from '../../task-ids'
import { decodeFileId } from './file-id'

const states: Readonly<Record<'WAITING' | 'PROCESSING' | 'FINISH', readonly RunState[]>> = {
  WAITING: ['waiting'],
  PROCESSING: ['processing'],
  FINISH: ['finished'],
}

const fields = { CreateTime: 'createdAt', FinishTime: 'finishedAt' } as const

const parameters = actionParameters({
  Status: oneOf(['WAITING', 'PROCESSING', 'FINISH']).optional(),
  FileId: string(64).optional(),
  CreateTime: timeRange.optional(),
  FinishTime: timeRange.optional(),
  Sort: z
    .strictObject({ Field: oneOf(['CreateTime', 'FinishTime']), Order: oneOf(['Asc', 'Desc']) })
    .default({ Field: 'CreateTime', Order: 'Desc' }),
  Limit: integerIn(1, 100).default(10),
  ScrollToken: string(256).optional(),
})

type Given = z.output<typeof parameters>

const place = z.tuple([z.int(), z.string()])

/** Where a page ended: the time that it is sorted by, and the id. */
function tokenOf(run: Run, by: RunQuery['by']): string {
  return Buffer.from(JSON.stringify([run[by]?.getTime() ?? 0, run.id])).toString('base64url')
}

function placeOf(token: string | undefined): RunQuery['from'] {
  if (token === undefined || token === '') return undefined
  try {
    const [atMs, text] = place.parse(JSON.parse(Buffer.from(token, 'base64url').toString()))
    const id = parseRunId(text)
    const at = new Date(atMs)
    if (id !== undefined && !Number.isNaN(at.getTime())) return { at, id }
  } catch {
    // Told below: a token is what an earlier answer said, or it is wrong.
  }
  throw new AppError('request.invalidValue', 'This is no token of an earlier answer.', { field: 'ScrollToken' })
}

function queryOf({ Status, FileId, CreateTime, FinishTime, Sort, Limit, ScrollToken }: Given): RunQuery {
  return {
    states: Status && states[Status],
    mediaId: FileId === undefined || FileId === '' ? undefined : decodeFileId(FileId),
    createdAt: CreateTime,
    finishedAt: FinishTime,
    by: fields[Sort.Field],
    order: Sort.Order === 'Asc' ? 'ascending' : 'descending',
    from: placeOf(ScrollToken),
    limit: Limit,
  }
}

/** The latest come first unless something else is asked. */
export const describeTasks = defineAction({
  isRead: true,
  parameters,
  useCase: ListRuns,
  toCommand: (given, { subAppId }) => ({ subAppId, query: queryOf(given) }),
  async execute(list, { subAppId, query }) {
    return { ...(await list.execute(subAppId, query)), by: query.by }
  },
  toResponse({ runs, hasMore, by }) {
    const last = runs.at(-1)
    return {
      TaskSet: runs.map(encodeTask),
      ScrollToken: hasMore && last !== undefined ? tokenOf(last, by) : '',
    }
  },
})

/** TaskSimpleInfo. */
function encodeTask(run: Run): object {
  return {
    TaskId: run.type === 'pull' ? pullTaskIdOf(run.subAppId, run.id) : taskIdOf(run.subAppId, run.id),
    Status: vendorRunStatus[run.state],
    FileId: run.mediaId,
    TaskType: run.type === 'pull' ? 'PullUpload' : 'Procedure',
    CreateTime: vendorTime(run.createdAt),
    BeginProcessTime: timeOrEmpty(run.startedAt),
    FinishTime: timeOrEmpty(run.finishedAt),
    SessionId: run.sessionId,
    SessionContext: run.sessionContext,
  }
}
