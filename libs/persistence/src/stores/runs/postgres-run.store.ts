import type { MediaId, RunId, SubAppId, TaskId } from '@libs/kernel'
import { type KindName, kindNames, type PictureKindName } from '@libs/tasks'
import {
  type AbortedTask,
  type ClaimedTasks,
  type Depths,
  type DispatchedTask,
  type DueTask,
  type FailedTask,
  openTaskStates,
  type OpenTasks,
  type PostponedTask,
  type Run,
  type RunReport,
  type RunState,
  RunStore,
  runTransitions,
  type Session,
  sourcesOf,
  type SucceededTask,
  type Task,
  type TaskProgress,
  taskTransitions,
} from '@libs/workflow'
import type { EntityManager } from 'typeorm'
import { MediaEntity } from '../../entities/media.entity'
import { RunEntity } from '../../entities/run.entity'
import { TaskEntity } from '../../entities/task.entity'
import * as claims from './claim-statements'
import * as sql from './run-store-statements'
import { columnsOf, entityOf, type JoinedRow } from '../joined-rows'
import { toMedia, toRun, toTask } from '../rows'

function isPictureTask(task: Task): task is Task<PictureKindName> {
  return task.kind !== 'ingest'
}

const joinedEntities = { task: TaskEntity, run: RunEntity, media: MediaEntity }

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
      run.nextRunId,
      run.callbackUrl,
      run.userData,
      run.queue,
      run.written,
      run.requestId,
      run.traceparent,
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

  override async forgetSessions(before: Date, limit: number): Promise<number> {
    const [, count] = await this.manager.query<[unknown, number]>(sql.forgetSessions, [before, limit])
    return count
  }

  override async findProcess(subAppId: SubAppId, runId: RunId): Promise<RunReport<PictureKindName> | undefined> {
    const run = await this.manager.findOneBy(RunEntity, { subAppId, id: runId, type: 'process' })
    if (run === null) return undefined
    const rows = await this.manager.find(TaskEntity, { where: { runId }, order: { index: 'asc' } })
    return { run: toRun(run), tasks: rows.map(toTask).filter(isPictureTask) }
  }

  override async claimDue(depths: Depths, at: Date, lookAgainAt: Date): Promise<ClaimedTasks> {
    const queues = await this.manager.query<{ subAppId: number; name: string }[]>(claims.lockQueues)
    const locked = queues.length === 0 ? [] : [queues.map(({ subAppId }) => subAppId), queues.map(({ name }) => name)]
    const rows = await this.manager.query<JoinedRow[]>(
      claims.claimDue(this.columns('task', 'run', 'media'), queues.length > 0),
      [kindNames, kindNames.map((kind) => depths[kind]), at, lookAgainAt, ...locked],
    )
    const claimed = rows.filter((row) => row['task_id'] !== null)
    const tasks = claimed.map((row) => ({ ...this.dueTaskOf(row), turn: Number(row['task_turn']) }))
    return { tasks, more: rows[0]?.['more'] === true }
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
    const statement = sql.lockTasks(this.columns('task', 'run', 'media'))
    const rows = await this.manager.query<JoinedRow[]>(statement, [taskIds])
    return rows.map((row) => this.dueTaskOf(row))
  }

  override async lockAborted(limit: number): Promise<readonly AbortedTask[]> {
    const statement = sql.lockAborted(this.columns('task', 'run', 'media'))
    const rows = await this.manager.query<JoinedRow[]>(statement, [limit, openTaskStates])
    return rows.map((row) => ({ ...this.dueTaskOf(row), withRun: row['with_run'] === true }))
  }

  override async succeedTasks(tasks: readonly SucceededTask[], at: Date): Promise<void> {
    const moved = tasks.map(({ id, generation, output }) => ({ id, generation, output }))
    await this.moveTasks(sql.succeedTasks, moved, at)
  }

  override async failTasks(failures: readonly FailedTask[], at: Date): Promise<void> {
    const moved = failures.map(({ task: { id, generation, state }, fault }) => ({ id, generation, state, fault }))
    await this.moveTasks(sql.failTasks, moved, at, sourcesOf(taskTransitions, 'failed'))
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

  override async dispatchedKinds(): Promise<readonly KindName[]> {
    const rows = await this.manager.query<{ kind: KindName }[]>(
      `select distinct kind from task where state = 'dispatched'`,
    )
    return rows.map(({ kind }) => kind)
  }

  override async countWaiting(subAppId: SubAppId, most: number): Promise<number> {
    const [row] = await this.manager.query<{ count: number }[]>(sql.countWaiting, [subAppId, most])
    return row?.count ?? 0
  }

  override async countOpen(at: Date): Promise<readonly OpenTasks[]> {
    return this.manager.query<OpenTasks[]>(sql.countOpen, [at])
  }

  override async recordProgress(progress: readonly TaskProgress[]): Promise<void> {
    await this.moveTasks(sql.recordProgress, progress)
  }

  override async releaseTasksOf(mediaId: MediaId, at: Date): Promise<void> {
    await this.manager.query(sql.releaseTasksOf, [mediaId, at])
  }

  override async reportsOf(runIds: readonly RunId[]): Promise<readonly RunReport<PictureKindName>[]> {
    const rows = await this.manager.query<JoinedRow[]>(sql.reportsOf(this.columns('task', 'run')), [runIds])
    return runIds.flatMap((runId) => {
      const own = rows.filter((row) => row['run_id'] === runId)
      const [first] = own
      if (first === undefined) return []
      const tasks = own.map((row) => toTask(entityOf(this.manager, TaskEntity, 'task', row)))
      return [{ run: toRun(entityOf(this.manager, RunEntity, 'run', first)), tasks: tasks.filter(isPictureTask) }]
    })
  }

  override async askAbortOfMedia(mediaId: MediaId, at: Date): Promise<void> {
    await this.manager.query(sql.askAbortOfMedia, [mediaId, at, sourcesOf(runTransitions, 'aborted')])
  }

  override async askAbort(subAppId: SubAppId, runId: RunId, from: readonly RunState[], at: Date): Promise<boolean> {
    const [rows] = await this.manager.query<[unknown[], number]>(sql.askAbort, [runId, subAppId, at, from])
    return rows.length === 1
  }

  override async askTaskAbort(subAppId: SubAppId, taskId: TaskId, at: Date): Promise<boolean> {
    const values = [taskId, subAppId, at, openTaskStates]
    const [rows] = await this.manager.query<[unknown[], number]>(sql.askTaskAbort, values)
    return rows.length === 1
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

  private columns(...aliases: readonly (keyof typeof joinedEntities)[]): string {
    return aliases.map((alias) => columnsOf(this.manager, joinedEntities[alias], alias)).join(', ')
  }

  private dueTaskOf(row: JoinedRow): DueTask {
    return {
      task: toTask(entityOf(this.manager, TaskEntity, 'task', row)),
      run: toRun(entityOf(this.manager, RunEntity, 'run', row)),
      media: toMedia(entityOf(this.manager, MediaEntity, 'media', row)),
    }
  }

  private async moveTasks(statement: string, moved: readonly object[], ...others: readonly unknown[]): Promise<void> {
    if (moved.length > 0) await this.manager.query(statement, [JSON.stringify(moved), ...others])
  }
}
