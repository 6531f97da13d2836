import type { MediaId, RunId, SubAppId, TaskId } from '@libs/kernel'
import type { PictureKindName } from '@libs/tasks'
import {
  type BroughtFiles,
  type MadePictures,
  openTaskStates,
  type Run,
  RunHistoryStore,
  type RunQuery,
  type RunSight,
  type RunTask,
  type RunState,
  type SucceededTask,
  type Task,
  type TaskQuery,
  type TaskState,
} from '@libs/workflow'
import type { EntityManager } from 'typeorm'
import { RunEntity } from '../../entities/run.entity'
import { TaskEntity } from '../../entities/task.entity'
import { Conditions } from './conditions'
import { columnsOf, entityOf, type JoinedRow } from '../joined-rows'
import { toFrameCount, toRun, toTask } from '../rows'

/** One of each kind and template: the index has them side by side. */
const latestOf = (columns: string) => `
  select distinct on (task.media_id, task.kind, task.definition) ${columns} from task
  where task.media_id = any($1::text[]) and task.state = 'succeeded' and task.kind <> 'ingest'
    and task.discarded_at is null
  order by task.media_id, task.kind, task.definition, task.finished_at desc, task.id desc`

/** Outputs are large: they are looked into from the latest on, and no further than the first that brought such files. */
const latestWith = (columns: string) => `
  select ${columns} from (
    select * from task where media_id = $1 and state = 'succeeded' and kind <> 'ingest'
    order by finished_at desc, id desc offset 0
  ) as task
  where coalesce(task.output -> $2, '[]') <> '[]'
  limit 1`

const sightsOf = `
  select run.id as "runId", run.state as "runState", task.state, task.progress_percent as "progressPercent",
         task.frames_done as "framesDone", task.frames
  from run join task on task.run_id = run.id
  where run.id = any($1::text[]) and run.type = 'process' order by task.position`

interface SeenTask extends Pick<TaskEntity, 'progressPercent' | 'framesDone' | 'frames'> {
  readonly runId: RunId
  readonly runState: RunState
  readonly state: TaskState
}

const ofPictures = ['run.sub_app_id = $1', `run.type = 'process'`]

const hasFailedTask = `exists (select from task where task.run_id = run.id and task.state <> 'succeeded')`

const columnOf = { createdAt: 'created_at', finishedAt: 'finished_at' } as const

function isPictureTask(task: Task): task is Task<PictureKindName> {
  return task.kind !== 'ingest'
}

function hasMadePictures(task: Task): task is SucceededTask<PictureKindName> {
  return isPictureTask(task) && task.output !== undefined
}

export class PostgresRunHistoryStore extends RunHistoryStore {
  constructor(private readonly manager: EntityManager) {
    super()
  }

  override async findPull(subAppId: SubAppId, runId: RunId): Promise<Run | undefined> {
    const run = await this.manager.findOneBy(RunEntity, { subAppId, id: runId, type: 'pull' })
    return run === null ? undefined : toRun(run)
  }

  override async list(subAppId: SubAppId, query: RunQuery): Promise<readonly Run[]> {
    const [by, isUpward] = [columnOf[query.by], query.order === 'ascending']
    const asked = new Conditions(['sub_app_id = $1', `type <> 'ingest'`, `${by} is not null`], subAppId, query.limit)
    asked.ask((place) => `media_id = ${place}`, query.mediaId)
    asked.ask((place) => `id = ${place}`, query.id)
    asked.ask((place) => `type = ${place}`, query.type)
    asked.ask(
      (place) => `finished_at is not null and ${hasFailedTask} = ${place}`,
      query.outcome && query.outcome === 'failed',
    )
    asked.ask((place) => `state = any(${place}::text[])`, query.states)
    asked.ask((place) => `created_at >= ${place}`, query.createdAt?.after)
    asked.ask((place) => `created_at < ${place}`, query.createdAt?.before)
    asked.ask((place) => `finished_at >= ${place}`, query.finishedAt?.after)
    asked.ask((place) => `finished_at < ${place}`, query.finishedAt?.before)
    const behind = isUpward ? '>' : '<'
    asked.ask((at, id) => `(${by}, id) ${behind} (${at}, ${id})`, query.from?.at, query.from?.id)
    const direction = isUpward ? 'asc' : 'desc'
    const rows = await this.manager.query<JoinedRow[]>(
      `select ${columnsOf(this.manager, RunEntity, 'run')} from run where ${asked.toString()}
       order by ${by} ${direction}, id ${direction} limit $2`,
      asked.values,
    )
    return rows.map((row) => toRun(entityOf(this.manager, RunEntity, 'run', row)))
  }

  override async findTask(subAppId: SubAppId, taskId: TaskId): Promise<RunTask | undefined> {
    const asked = new Conditions(ofPictures, subAppId, 1)
    asked.ask((place) => `task.id = ${place}`, taskId)
    return (await this.tasksThat(asked, 'asc'))[0]
  }

  override async listTasks(subAppId: SubAppId, query: TaskQuery): Promise<readonly RunTask[]> {
    const { runId, mediaId, kind, state, createdAt, order, from, limit } = query
    const behind = order === 'ascending' ? '>' : '<'
    const asked = new Conditions(ofPictures, subAppId, limit)
    asked.ask((place) => `run.id = ${place}`, runId)
    asked.ask((place) => `run.media_id = ${place}`, mediaId)
    asked.ask((place) => `task.kind = ${place}`, kind)
    asked.ask((place) => `task.state = ${place}`, state)
    // Of open runs there are few, and they have an index.
    if (state !== undefined && openTaskStates.includes(state)) asked.ask(() => `run.state in ('waiting', 'processing')`)
    asked.ask((place) => `run.created_at >= ${place}`, createdAt?.after)
    asked.ask((place) => `run.created_at < ${place}`, createdAt?.before)
    // The second says where in the index to begin.
    asked.ask(
      (at, id, index) =>
        `(run.created_at, run.id, task.position) ${behind} (${at}, ${id}, ${index}) and run.created_at ${behind}= ${at}`,
      from?.at,
      from?.runId,
      from?.index,
    )
    return this.tasksThat(asked, order === 'ascending' ? 'asc' : 'desc')
  }

  override async latestOf(mediaIds: readonly MediaId[]): Promise<readonly MadePictures[]> {
    const statement = latestOf(columnsOf(this.manager, TaskEntity, 'task'))
    const rows = await this.manager.query<JoinedRow[]>(statement, [mediaIds])
    const made = rows.flatMap((row) => {
      const task = toTask(entityOf(this.manager, TaskEntity, 'task', row))
      return hasMadePictures(task) ? [{ mediaId: String(row['task_media_id']) as MediaId, task }] : []
    })
    return made.toSorted((a, b) => (a.task.definition ?? 0) - (b.task.definition ?? 0))
  }

  override async latestWith(mediaId: MediaId, brought: BroughtFiles) {
    const statement = latestWith(columnsOf(this.manager, TaskEntity, 'task'))
    const [row] = await this.manager.query<JoinedRow[]>(statement, [mediaId, brought])
    const task = row && toTask(entityOf(this.manager, TaskEntity, 'task', row))
    return task && hasMadePictures(task) ? task : undefined
  }

  override async sightsOf(runIds: readonly RunId[]): Promise<readonly RunSight[]> {
    const rows = await this.manager.query<SeenTask[]>(sightsOf, [runIds])
    return runIds.flatMap((runId) => {
      const tasks = rows.filter((row) => row.runId === runId)
      const [first] = tasks
      if (first === undefined) return []
      return [
        {
          runId,
          state: first.runState,
          tasks: tasks.map(({ state, progressPercent, ...seen }) => ({
            state,
            progressPercent,
            frameCount: toFrameCount(seen),
          })),
        },
      ]
    })
  }

  override async idsOfMedia(mediaId: MediaId): Promise<readonly RunId[]> {
    const rows = await this.manager.query<{ id: RunId }[]>('select id from run where media_id = $1', [mediaId])
    return rows.map(({ id }) => id)
  }

  private async tasksThat(asked: Conditions, direction: 'asc' | 'desc'): Promise<readonly RunTask[]> {
    const columns = [columnsOf(this.manager, RunEntity, 'run'), columnsOf(this.manager, TaskEntity, 'task')]
    const rows = await this.manager.query<JoinedRow[]>(
      `select ${columns.join(', ')} from run join task on task.run_id = run.id where ${asked.toString()}
       order by run.created_at ${direction}, run.id ${direction}, task.position ${direction} limit $2`,
      asked.values,
    )
    return rows.flatMap((row) => {
      const task = toTask(entityOf(this.manager, TaskEntity, 'task', row))
      return isPictureTask(task) ? [{ run: toRun(entityOf(this.manager, RunEntity, 'run', row)), task }] : []
    })
  }
}
