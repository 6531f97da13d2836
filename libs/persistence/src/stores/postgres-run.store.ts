import type { Fault, MediaId, RunId, SubAppId, TaskId } from '@libs/kernel'
import type { KindName, PictureKindName } from '@libs/tasks'
import {
  type DispatchedTask,
  type DueTask,
  type RoomPerKind,
  type Run,
  type RunReport,
  RunStore,
  runTransitions,
  type Session,
  sourcesOf,
  type SucceededTask,
  type Task,
} from '@libs/workflow'
import { type EntityManager, In } from 'typeorm'
import { RunEntity } from '../entities/run.entity'
import { TaskEntity } from '../entities/task.entity'
import * as sql from './run-store.sql'
import { toDueTask, toRun, toTask } from './rows'

function isPictureTask(task: Task): task is Task<PictureKindName> {
  return task.kind !== 'ingest'
}

export class PostgresRunStore extends RunStore {
  constructor(private readonly manager: EntityManager) {
    super()
  }

  override async insert(run: Run, tasks: readonly Task[], dueAt: Date | undefined): Promise<void> {
    await this.manager.query(sql.insertRun, [
      run.id,
      run.subAppId,
      run.type,
      run.mediaId,
      run.dialect,
      run.procedureName,
      run.state,
      run.notifyMode,
      run.priority,
      run.sessionContext,
      run.sessionId,
      run.createdAt,
    ])
    const rows = tasks.map(({ id, kind, index, definition, settings, request }) => ({
      id,
      kind,
      position: index,
      definition,
      settings,
      request,
    }))
    await this.manager.query(sql.insertTasks, [run.id, JSON.stringify(rows), dueAt])
  }

  override async claimSession(subAppId: SubAppId, session: Session, runId: RunId, at: Date): Promise<boolean> {
    const since = new Date(at.getTime() - session.windowMs)
    const claimed = await this.manager.query<unknown[]>(sql.claimSession, [
      subAppId,
      session.scope,
      session.id,
      runId,
      at,
      since,
    ])
    return claimed.length === 1
  }

  override async findProcess(subAppId: SubAppId, runId: RunId): Promise<RunReport<PictureKindName> | undefined> {
    const run = await this.manager.findOneBy(RunEntity, { subAppId, id: runId, type: 'process' })
    if (run === null) return undefined
    return { run: toRun(run), tasks: (await this.tasksOf(runId)).filter(isPictureTask) }
  }

  override async claimDue(room: RoomPerKind, at: Date, lookAgainAt: Date): Promise<readonly DueTask[]> {
    const kinds = [...room.keys()]
    const claimed = await this.manager.query<[{ id: string }[], number]>(sql.claimDue, [
      kinds,
      kinds.map((kind) => room.get(kind)),
      at,
      lookAgainAt,
    ])
    const ids = claimed[0].map(({ id }) => id)
    if (ids.length === 0) return []
    const rows = await this.manager.find(TaskEntity, { where: { id: In(ids) }, relations: { run: true, media: true } })
    return rows.map(toDueTask)
  }

  override async countDispatched(): Promise<ReadonlyMap<KindName, number>> {
    const rows = await this.manager.query<{ kind: KindName; count: number }[]>(sql.countDispatched)
    return new Map(rows.map(({ kind, count }) => [kind, count]))
  }

  override async claimOverdue(limit: number, at: Date, lookAgainAt: Date): Promise<readonly DispatchedTask[]> {
    const [rows] = await this.manager.query<[{ id: string; generation: number; kind: KindName }[], number]>(
      sql.claimOverdue,
      [limit, at, lookAgainAt],
    )
    return rows.map(({ id, generation, kind }) => ({ taskId: id as TaskId, generation, kind }))
  }

  override async expectAllOverdue(at: Date): Promise<void> {
    await this.manager.query(`update task set look_at = $1 where state = 'dispatched'`, [at])
  }

  override async lockTask(taskId: TaskId): Promise<DueTask | undefined> {
    const row = await this.manager
      .createQueryBuilder(TaskEntity, 'task')
      .innerJoinAndSelect('task.run', 'run')
      .innerJoinAndSelect('task.media', 'media')
      .where('task.id = :taskId', { taskId })
      .setLock('pessimistic_write', undefined, ['task'])
      .getOne()
    return row === null ? undefined : toDueTask(row)
  }

  override async succeedTask({ id, generation, output }: SucceededTask, at: Date): Promise<void> {
    await this.manager.query(sql.succeedTask, [id, generation, output, at])
  }

  override async failTask({ id, generation }: Task, fault: Fault, at: Date): Promise<void> {
    await this.manager.query(sql.failTask, [id, generation, fault, at])
  }

  override async postponeTask({ id, generation }: Task, tries: number, dueAt: Date): Promise<void> {
    await this.manager.query(sql.postponeTask, [id, generation, tries, dueAt])
  }

  override async releaseTasksOf(mediaId: MediaId, at: Date): Promise<void> {
    await this.manager.query(sql.releaseTasksOf, [mediaId, at])
  }

  override async lockRun(runId: RunId): Promise<RunReport> {
    const run = await this.manager.findOneOrFail(RunEntity, {
      where: { id: runId },
      lock: { mode: 'pessimistic_write' },
    })
    return { run: toRun(run), tasks: await this.tasksOf(runId) }
  }

  override async startRuns(runIds: readonly RunId[], at: Date): Promise<void> {
    await this.manager.query(sql.startRuns, [runIds, at])
  }

  override async finishRun(runId: RunId, at: Date): Promise<boolean> {
    const [, count] = await this.manager.query<[unknown[], number]>(sql.finishRun, [
      runId,
      at,
      sourcesOf(runTransitions, 'finished'),
    ])
    return count === 1
  }

  private async tasksOf(runId: RunId): Promise<readonly Task[]> {
    const rows = await this.manager.find(TaskEntity, { where: { runId }, order: { index: 'asc' } })
    return rows.map(toTask)
  }
}
