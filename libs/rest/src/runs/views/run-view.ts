import { z } from 'zod'
import { moment } from '../../openapi/view'
import { taskView } from './task-view'

/** A run without its tasks. */
export const runFactsView = z
  .object({
    runId: z.string(),
    type: z.enum(['ingest', 'pull', 'process']),
    mediaId: z.string(),
    procedure: z.string().optional(),
    note: z.string().optional(),
    state: z.enum(['waiting', 'processing', 'finished', 'aborted']),
    priority: z.int(),
    queue: z.string().optional(),
    notifyMode: z.enum(['finish', 'change', 'none']),
    callbackUrl: z.string().optional(),
    sessionContext: z.string(),
    userData: z.unknown().optional(),
    sessionId: z.string(),
    createdAt: moment,
    startedAt: moment.optional(),
    finishedAt: moment.optional(),
  })
  .meta({ id: 'RunFacts' })

export const runView = runFactsView.extend({ progressPercent: z.int(), tasks: z.array(taskView) }).meta({ id: 'Run' })

export const runListView = z
  .object({
    items: z.array(runFactsView),
    nextPage: z.string().optional().meta({ description: '`page` of the next page; absent on the last one.' }),
  })
  .meta({ id: 'RunList' })

export const acceptedRunView = z.object({ runId: z.string(), mediaId: z.string() }).meta({ id: 'AcceptedRun' })
export const runIdView = z.object({ runId: z.string() }).meta({ id: 'RunId' })
