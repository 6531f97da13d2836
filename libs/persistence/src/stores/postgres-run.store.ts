import type { MediaId, RunId, SubAppId, TaskId } from '@libs/kernel'
import type { KindName, PictureKindName } from '@libs/tasks'
import {
  type DispatchedTask,
  type DueTask,
  type FailedTask,
  openTaskStates,
  type PostponedTask,
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
import * as sql from './run-store-statements'
import { toDueTask, toRun, toTask } from './rows'

function isPictureTask(task: Task): task is Task<PictureKindName> {
  return task.kind !== 'ingest'
}

export class PostgresRunStore extends RunStore {
  constructor(private readonly manager: EntityManager) {
    super()
  }

  override async insert(run: Run, tasks: readonly Task[], dueAt: Date | undefined): Promise<void> {
    const rows = tasks.map(({ id, kind, index, definition, settings, request }) => ({
      id,
      kind,
      position: index,
      definition,
      settings,
      request,
    }))
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
      JSON.stringify(rows),
      dueAt,
    ])
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
    const rows = await this.manager.find(TaskEntity, { where: { runId }, order: { index: 'asc' } })
    return { run: toRun(run), tasks: rows.map(toTask).filter(isPictureTask) }
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

  override async lockTasks(taskIds: readonly TaskId[]): Promise<readonly DueTask[]> {
    const rows = await this.manager
      .createQueryBuilder(TaskEntity, 'task')
      .innerJoinAndSelect('task.run', 'run')
      .innerJoinAndSelect('task.media', 'media')
      .where('task.id in (:...taskIds)', { taskIds })
      .orderBy('task.id')
      .setLock('pessimistic_write', undefined, ['task'])
      .getMany()
    return rows.map(toDueTask)
  }

  override async succeedTasks(tasks: readonly SucceededTask[], at: Date): Promise<void> {
    const moved = tasks.map(({ id, generation, output }) => ({ id, generation, output }))
    await this.moveTasks(sql.succeedTasks, moved, at)
  }

  override async failTasks(failures: readonly FailedTask[], at: Date): Promise<void> {
    const moved = failures.map(({ task: { id, generation }, fault }) => ({ id, generation, fault }))
    await this.moveTasks(sql.failTasks, moved, at)
  }

  override async postponeTasks(postponed: readonly PostponedTask[]): Promise<void> {
    const moved = postponed.map(({ task: { id, generation }, tries, dueAt }) => ({
      id,
      generation,
      tries,
      due_at: dueAt,
    }))
    await this.moveTasks(sql.postponeTasks, moved)
  }

  override async releaseTasksOf(mediaId: MediaId, at: Date): Promise<void> {
    await this.manager.query(sql.releaseTasksOf, [mediaId, at])
  }

  override async reportsOf(runIds: readonly RunId[]): Promise<readonly RunReport<PictureKindName>[]> {
    const rows = await this.manager.find(TaskEntity, {
      where: { runId: In([...runIds]) },
      relations: { run: true },
      order: { index: 'asc' },
    })
    return runIds.flatMap((runId) => {
      const own = rows.filter((row) => row.runId === runId)
      const [first] = own
      return first === undefined ? [] : [{ run: toRun(first.run), tasks: own.map(toTask).filter(isPictureTask) }]
    })
  }

  override async startRuns(runIds: readonly RunId[], at: Date): Promise<void> {
    await this.manager.query(sql.startRuns, [runIds, at])
  }

  override async finishEnded(runIds: readonly RunId[], at: Date): Promise<ReadonlySet<RunId>> {
    if (runIds.length === 0) return new Set()
    await this.manager.query(sql.lockRuns, [runIds])
    const [rows] = await this.manager.query<[{ id: RunId }[], number]>(sql.finishEnded, [
      runIds,
      at,
      sourcesOf(runTransitions, 'finished'),
      openTaskStates,
    ])
    return new Set(rows.map(({ id }) => id))
  }

  private async moveTasks(statement: string, moved: readonly object[], at?: Date): Promise<void> {
    if (moved.length === 0) return
    await this.manager.query(statement, at === undefined ? [JSON.stringify(moved)] : [JSON.stringify(moved), at])
  }
}
