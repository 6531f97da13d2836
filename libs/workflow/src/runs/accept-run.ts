import { AppError, newRunId, originOfWork, type RunId, type SubAppId } from '@libs/kernel'
import type { Media } from '../media/media'
import type { Session } from '../ports/stores/run.store.port'
import type { SubAppStores } from '../ports/stores/unit-of-work.port'
import type { TaskRequest } from '../procedures/procedure'
import { unknownQueue } from '../queues/named-queue'
import { loadTemplates } from '../templates/load-templates'
import { expandRun } from './expand-run'
import type { Run } from './run'
import type { RunOrder } from './run-order'

export interface AcceptableRun extends RunOrder {
  /** As `findForRun` returned it. */
  readonly media: Media
  readonly procedureName: string | undefined
  readonly tasks: readonly TaskRequest[]
}

/**
 * SubAppStores a run and its tasks in the transaction of `stores`; the tasks are the outbox, so the queue is not touched.
 * Tasks of a media that is still being ingested wait for it.
 * @throws AppError `template.notFound`, `queue.notFound`, `session.duplicate`, `request.missingParameter` when there is nothing to do
 */
export async function acceptRun(stores: SubAppStores, order: AcceptableRun, at: Date): Promise<RunId> {
  const { media, tasks: requests, session, ...rest } = order
  if (requests.length === 0) {
    throw new AppError('request.missingParameter', 'At least one task is needed.', { field: 'tasks' })
  }
  const templates = await loadTemplates(stores, media.subAppId, requests)
  const { queue } = rest
  if (queue !== undefined && !(await stores.queues.keep(media.subAppId, queue))) throw unknownQueue(queue, 'queue')
  const runId = newRunId(at.getTime())
  if (session !== undefined) await claimSession(stores, media.subAppId, session, runId, at)
  const run: Run = {
    ...originOfWork(),
    id: runId,
    subAppId: media.subAppId,
    type: 'process',
    mediaId: media.id,
    dialect: rest.dialect,
    procedureName: rest.procedureName,
    nextRunId: undefined,
    state: 'waiting',
    notifyMode: rest.notifyMode,
    priority: rest.priority,
    queue,
    callbackUrl: rest.callbackUrl,
    sessionContext: rest.sessionContext,
    userData: rest.userData,
    written: rest.written,
    sessionId: session?.id ?? '',
    createdAt: at,
    startedAt: undefined,
    finishedAt: undefined,
  }
  const dueAt = media.state === 'ingesting' ? undefined : at
  await stores.runs.insert(run, expandRun(runId, requests, templates, at), dueAt)
  return runId
}

/** Takes a session for a run. @throws AppError `session.duplicate` */
export async function claimSession(
  stores: SubAppStores,
  subAppId: SubAppId,
  session: Session,
  runId: RunId,
  at: Date,
): Promise<void> {
  if (await stores.runs.claimSession(subAppId, session, runId, at)) return
  throw new AppError('session.duplicate', `The session "${session.id}" was used before.`, { field: 'sessionId' })
}
