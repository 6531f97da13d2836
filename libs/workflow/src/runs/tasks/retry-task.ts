import {
  AppError,
  type Clock,
  type MediaId,
  newRunId,
  noteWork,
  originOfWork,
  type RunId,
  type SubAppId,
  type TaskId,
} from '@libs/kernel'
import { z } from 'zod'
import type { Media } from '../../media/media'
import type { Doorbell } from '../../ports/doorbell.port'
import type { IdempotencyKey } from '../../ports/stores/callers/idempotency-key.store.port'
import type { RunTask } from '../../ports/stores/run-history.store.port'
import type { SubAppStores, SubAppWork } from '../../ports/stores/unit-of-work.port'
import { keptId, runOnce } from '../../repeats/run-once'
import { newTask } from '../expand-run'
import type { Run } from '../run'
import type { AcceptedRun } from '../process-media'
import type { WaitingRoom } from '../waiting-room'
import { unknownTask } from './unknown-task'

export interface RetriedTask extends AcceptedRun {
  readonly taskId: TaskId
}

const retriedTask = z.object({ runId: keptId<RunId>(), mediaId: keptId<MediaId>(), taskId: keptId<TaskId>() })

/**
 * Does a task that has failed once more, in a run of its own: the failed one stays as it is, and so does its run, of which
 * everybody was told.
 */
export class RetryTask {
  constructor(
    private readonly work: SubAppWork,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
    private readonly waitingRoom: WaitingRoom,
  ) {}

  /**
   * With the settings that were frozen for it then, and all else that was said about its run.
   * @param key under which it is done once
   * @throws AppError what `runOnce` throws, `task.notFound`, `task.notFailed`, `media.notFound`, `subApp.busy`
   */
  async execute(subAppId: SubAppId, taskId: TaskId, key?: IdempotencyKey): Promise<RetriedTask> {
    const at = new Date(this.clock.nowMs())
    const retried = await runOnce(this.work, { subAppId, key, at, kept: retriedTask }, async (stores) => {
      const failed = await findFailed(stores, subAppId, taskId)
      const { mediaId, queue } = failed.run
      await this.waitingRoom.admit(stores, subAppId, 1)
      const media = await stores.media.findForRun(subAppId, mediaId)
      if (media === undefined) {
        throw new AppError('media.notFound', `There is no media "${mediaId}" any more.`, { field: 'taskId' })
      }
      // A queue that is gone holds nothing back any more.
      const isKept = queue !== undefined && (await stores.queues.keep(subAppId, queue))
      return insertAgain(stores, failed, media, isKept ? queue : undefined, at)
    })
    noteWork({ runId: retried.runId, taskId: retried.taskId })
    this.doorbell.ring('tasks')
    return retried
  }
}

async function findFailed({ history }: SubAppStores, subAppId: SubAppId, taskId: TaskId): Promise<RunTask> {
  const found = await history.findTask(subAppId, taskId)
  if (found === undefined) throw unknownTask(taskId)
  if (found.task.state === 'failed') return found
  throw new AppError('task.notFailed', 'Only a task that has failed can be done once more.', { field: 'taskId' })
}

async function insertAgain(
  { runs }: SubAppStores,
  { run: before, task: failed }: RunTask,
  media: Media,
  queue: string | undefined,
  at: Date,
): Promise<RetriedTask> {
  const id: RunId = newRunId(at.getTime())
  const unbegun = { state: 'waiting', createdAt: at, startedAt: undefined, finishedAt: undefined } as const
  const run: Run = { ...before, ...unbegun, ...originOfWork(), id, queue, procedureName: undefined, sessionId: '' }
  const task = newTask(id, 0, failed, at, failed.definition)
  await runs.insert(run, [task], media.state === 'ingesting' ? undefined : at)
  return { runId: id, mediaId: media.id, taskId: task.id }
}
