import type { MediaId, RunId, SubAppId } from '@libs/kernel'
import type { PictureKindName } from '@libs/tasks'
import {
  type MadePictures,
  type Run,
  RunHistoryStore,
  type RunQuery,
  type RunSight,
  type RunState,
  type SucceededTask,
  type Task,
  type TaskState,
} from '@libs/workflow'
import type { EntityManager } from 'typeorm'
import { RunEntity } from '../../entities/run.entity'
import { TaskEntity } from '../../entities/task.entity'
import { columnsOf, entityOf, type JoinedRow } from '../joined-rows'
import { toRun, toTask } from '../rows'

/** One of each kind and template: the index has them side by side. */
const latestOf = (columns: string) => `
  select distinct on (task.media_id, task.kind, task.definition) ${columns} from task
  where task.media_id = any($1::text[]) and task.state = 'succeeded' and task.kind <> 'ingest'
  order by task.media_id, task.kind, task.definition, task.finished_at desc, task.id desc`

const sightsOf = `
  select run.id as "runId", run.state as "runState", task.state, task.progress_percent as "progressPercent"
  from run join task on task.run_id = run.id
  where run.id = any($1::text[]) and run.type = 'process' order by task.position`

interface SeenTask {
  readonly runId: RunId
  readonly runState: RunState
  readonly state: TaskState
  readonly progressPercent: number
}

const hasFailedTask = `exists (select from task where task.run_id = run.id and task.state <> 'succeeded')`

const columnOf = { createdAt: 'created_at', finishedAt: 'finished_at' } as const

function hasMadePictures(task: Task): task is SucceededTask<PictureKindName> {
  return task.kind !== 'ingest' && task.output !== undefined
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
    const values: unknown[] = [subAppId, query.limit]
    const conditions = [`sub_app_id = $1`, `type <> 'ingest'`, `${by} is not null`]
    const ask = (condition: (place: string) => string, value: unknown): void => {
      if (value === undefined) return
      values.push(value)
      conditions.push(condition(`$${values.length}`))
    }
    ask((place) => `media_id = ${place}`, query.mediaId)
    ask((place) => `id = ${place}`, query.id)
    ask((place) => `type = ${place}`, query.type)
    ask(
      (place) => `finished_at is not null and ${hasFailedTask} = ${place}`,
      query.outcome && query.outcome === 'failed',
    )
    ask((place) => `state = any(${place}::text[])`, query.states)
    ask((place) => `created_at >= ${place}`, query.createdAt?.after)
    ask((place) => `created_at < ${place}`, query.createdAt?.before)
    ask((place) => `finished_at >= ${place}`, query.finishedAt?.after)
    ask((place) => `finished_at < ${place}`, query.finishedAt?.before)
    if (query.from !== undefined) {
      values.push(query.from.at, query.from.id)
      conditions.push(`(${by}, id) ${isUpward ? '>' : '<'} ($${values.length - 1}, $${values.length})`)
    }
    const direction = isUpward ? 'asc' : 'desc'
    const rows = await this.manager.query<JoinedRow[]>(
      `select ${columnsOf(this.manager, RunEntity, 'run')} from run where ${conditions.join(' and ')}
       order by ${by} ${direction}, id ${direction} limit $2`,
      values,
    )
    return rows.map((row) => toRun(entityOf(this.manager, RunEntity, 'run', row)))
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
          tasks: tasks.map(({ state, progressPercent }) => ({ state, progressPercent })),
        },
      ]
    })
  }

  override async idsOfMedia(mediaId: MediaId): Promise<readonly RunId[]> {
    const rows = await this.manager.query<{ id: RunId }[]>('select id from run where media_id = $1', [mediaId])
    return rows.map(({ id }) => id)
  }
}
