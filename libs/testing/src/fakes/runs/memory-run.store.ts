import type { MediaId, RunId, SubAppId, TaskId } from '@libs/kernel'
import { type KindName, kindNames, type PictureKindName } from '@libs/tasks'
import {
  type AbortedTask,
  type ClaimedTasks,
  clocksDifferMs,
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
import type { MemoryTables, TaskRow } from '../memory-tables'
import { type Candidate, hasAny, inTurn, withinQueues } from './claim-order'

function isPictureTask(task: Task): task is Task<PictureKindName> {
  return task.kind !== 'ingest'
}

function openOf(kind: KindName, state: OpenTasks['state'], times: readonly Date[]): readonly OpenTasks[] {
  if (times.length === 0) return []
  return [{ kind, state, count: times.length, since: new Date(Math.min(...times.map((time) => time.getTime()))) }]
}

export class MemoryRunStore extends RunStore {
  constructor(private readonly tables: MemoryTables) {
    super()
  }

  override async insert(run: Run, tasks: readonly Task[], dueAt: Date | undefined): Promise<void> {
    this.tables.runs.set(run.id, run)
    for (const task of tasks) this.tables.tasks.set(task.id, { task, dueAt, lookAt: undefined })
  }

  override async claimSession(subAppId: SubAppId, session: Session, _runId: RunId, at: Date): Promise<boolean> {
    const key = JSON.stringify([subAppId, session.scope, session.id])
    const taken = this.tables.sessions.get(key)
    if (taken !== undefined && at.getTime() - taken.getTime() < session.windowMs) return false
    this.tables.sessions.set(key, at)
    return true
  }

  override async forgetSessions(before: Date, limit: number): Promise<number> {
    const old = [...this.tables.sessions].filter(([, takenAt]) => takenAt < before).slice(0, limit)
    for (const [key] of old) this.tables.sessions.delete(key)
    return old.length
  }

  override async findProcess(subAppId: SubAppId, runId: RunId): Promise<RunReport<PictureKindName> | undefined> {
    const run = this.tables.runs.get(runId)
    if (run?.subAppId !== subAppId || run.type !== 'process') return undefined
    return { run, tasks: this.tasksOf(runId).filter(isPictureTask) }
  }

  override async claimDue(depths: Depths, at: Date, lookAgainAt: Date): Promise<ClaimedTasks> {
    const dispatched = this.dispatched().flatMap(({ task, turn = 0 }) =>
      [this.withRun(task) ?? []].flat().map((due) => ({ ...due, turn })),
    )
    const atQueue = (kind: KindName) => dispatched.filter(({ task }) => task.kind === kind)
    const placesOf = (kind: KindName) => Math.max(0, depths[kind] - atQueue(kind).length)
    const due = kindNames.flatMap((kind) => this.dueOf(kind, new Date(at.getTime() + clocksDifferMs)))
    const ownPlacesOf = ({ task: { kind }, run }: DueTask) =>
      Math.max(placesOf(kind), hasAny(atQueue(kind), run.subAppId) ? 0 : Math.min(depths[kind], 1))
    const { open, heldBack } = withinQueues(due, dispatched, [...this.tables.queues.values()], ownPlacesOf)
    const inTurns = kindNames.map((kind) => {
      const own = open.filter(({ task }) => task.kind === kind)
      return inTurn(own, atQueue(kind))
    })
    const chosen = inTurns.flatMap((each) =>
      each.filter(({ isFirst, task }, place) => place < (isFirst ? depths[task.kind] : placesOf(task.kind))),
    )
    const tasks = chosen.map(({ run, media, task, turn }) => {
      const startedAt = task.startedAt ?? at
      const claimed: Task = { ...task, state: 'dispatched', generation: task.generation + 1, startedAt }
      this.tables.tasks.set(task.id, { task: claimed, dueAt: undefined, lookAt: lookAgainAt, turn })
      if (run.state === 'waiting') this.tables.runs.set(run.id, { ...run, state: 'processing', startedAt: at })
      return { task: claimed, run, media, turn }
    })
    return { tasks, more: heldBack || chosen.length < inTurns.flat().length }
  }

  override async claimOverdue(limit: number, at: Date, lookAgainAt: Date): Promise<readonly DispatchedTask[]> {
    const overdue = this.dispatched().filter(({ lookAt }) => lookAt !== undefined && lookAt <= at)
    return overdue.slice(0, limit).map((row) => {
      this.tables.tasks.set(row.task.id, { ...row, lookAt: lookAgainAt })
      const { id: taskId, generation, kind } = row.task
      return { taskId, generation, kind }
    })
  }

  override async expectAllOverdue(at: Date): Promise<void> {
    for (const row of this.dispatched()) this.tables.tasks.set(row.task.id, { ...row, lookAt: at })
  }

  override async lockTasks(taskIds: readonly TaskId[]): Promise<readonly DueTask[]> {
    return [...new Set(taskIds)].toSorted().flatMap((id) => {
      const row = this.tables.tasks.get(id)
      const due = row && this.withRun(row.task)
      return due === undefined ? [] : [due]
    })
  }

  override async lockAborted(limit: number): Promise<readonly AbortedTask[]> {
    const { aborts, taskAborts, tasks } = this.tables
    const asked = [...tasks.values()].filter(({ task }) => aborts.has(task.runId) || taskAborts.has(task.id))
    const open = asked.filter(({ task }) => openTaskStates.includes(task.state)).map(({ task }) => task.id)
    const locked = (await this.lockTasks(open)).slice(0, limit)
    return locked.map((each) => ({ ...each, withRun: aborts.has(each.run.id) }))
  }

  override async succeedTasks(tasks: readonly SucceededTask[], at: Date): Promise<void> {
    const ended = { state: 'succeeded', fault: undefined, progressPercent: 100, finishedAt: at } as const
    for (const task of tasks) this.leaveQueue({ ...task, ...ended })
  }

  override async failTasks(failures: readonly FailedTask[], at: Date): Promise<void> {
    for (const { task, fault } of failures) {
      const current = this.tables.tasks.get(task.id)?.task
      if (current?.state !== task.state || current.generation !== task.generation) continue
      if (!sourcesOf(taskTransitions, 'failed').includes(current.state)) continue
      const failed: Task = { ...current, state: 'failed', fault, finishedAt: at }
      this.tables.tasks.set(task.id, { task: failed, dueAt: undefined, lookAt: undefined })
    }
  }

  override async postponeTasks(postponed: readonly PostponedTask[]): Promise<void> {
    for (const { task, tries, dueAt } of postponed) this.leaveQueue({ ...task, state: 'waiting', tries }, dueAt)
  }

  override async dispatchedKinds(): Promise<readonly KindName[]> {
    return [...new Set(this.dispatched().map(({ task }) => task.kind))]
  }

  override async countWaiting(subAppId: SubAppId, most: number): Promise<number> {
    const theirs = [...this.tables.tasks.values()].filter(
      ({ task }) => task.state === 'waiting' && this.tables.runs.get(task.runId)?.subAppId === subAppId,
    )
    return Math.min(most, theirs.length)
  }

  override async countOpen(at: Date): Promise<readonly OpenTasks[]> {
    return kindNames.flatMap((kind) => {
      const waiting = this.dueOf(kind, at).map(({ dueAt }) => dueAt)
      const dispatched = this.dispatched().flatMap(({ task }) => (task.kind === kind ? (task.startedAt ?? []) : []))
      return [...openOf(kind, 'waiting', waiting), ...openOf(kind, 'dispatched', dispatched)]
    })
  }

  override async recordProgress(progress: readonly TaskProgress[]): Promise<void> {
    for (const { taskId, generation, percent, framesDone, frames } of progress) {
      const row = this.dispatched().find(({ task }) => task.id === taskId && task.generation === generation)
      if (row === undefined || row.task.progressPercent >= percent) continue
      const further = { progressPercent: percent, frameCount: { framesDone, frames } }
      this.tables.tasks.set(taskId, { ...row, task: { ...row.task, ...further } })
    }
  }

  override async releaseTasksOf(mediaId: MediaId, at: Date): Promise<void> {
    for (const row of this.tables.tasks.values()) {
      const isHeld = row.task.state === 'waiting' && row.dueAt === undefined
      if (isHeld && this.tables.runs.get(row.task.runId)?.mediaId === mediaId) {
        this.tables.tasks.set(row.task.id, { ...row, dueAt: at })
      }
    }
  }

  override async reportsOf(runIds: readonly RunId[]): Promise<readonly RunReport<PictureKindName>[]> {
    return runIds.flatMap((id) => {
      const run = this.tables.runs.get(id)
      return run === undefined ? [] : [{ run, tasks: this.tasksOf(id).filter(isPictureTask) }]
    })
  }

  override async askAbortOfMedia(mediaId: MediaId, at: Date): Promise<void> {
    const runs = [...this.tables.runs.values()].filter((run) => run.mediaId === mediaId)
    for (const { subAppId, id } of runs) await this.askAbort(subAppId, id, sourcesOf(runTransitions, 'aborted'), at)
  }

  override async askAbort(subAppId: SubAppId, runId: RunId, from: readonly RunState[], at: Date): Promise<boolean> {
    const run = (await this.findProcess(subAppId, runId))?.run
    if (run === undefined || !from.includes(run.state)) return false
    this.tables.aborts.set(runId, this.tables.aborts.get(runId) ?? at)
    return true
  }

  override async askTaskAbort(subAppId: SubAppId, taskId: TaskId, at: Date): Promise<boolean> {
    const task = this.tables.tasks.get(taskId)?.task
    const isTheirs = task !== undefined && this.tables.runs.get(task.runId)?.subAppId === subAppId
    if (!isTheirs || task.kind === 'ingest' || !openTaskStates.includes(task.state)) return false
    this.tables.taskAborts.set(taskId, this.tables.taskAborts.get(taskId) ?? at)
    return true
  }

  override async finishEnded(runIds: readonly RunId[], at: Date): Promise<ReadonlySet<RunId>> {
    const ended = runIds.filter((id) => this.tasksOf(id).every(({ state }) => !openTaskStates.includes(state)))
    return new Set(ended.filter((id) => this.finish(id, at)))
  }

  private finish(runId: RunId, at: Date): boolean {
    const run = this.tables.runs.get(runId)
    if (run === undefined || !sourcesOf(runTransitions, 'finished').includes(run.state)) return false
    const isCut = this.tasksOf(runId).some(({ fault }) => fault?.code === 'task.aborted')
    const state = isCut && this.tables.aborts.has(runId) ? 'aborted' : 'finished'
    this.tables.runs.set(runId, { ...run, state, startedAt: run.startedAt ?? at, finishedAt: at })
    return true
  }

  private tasksOf(runId: RunId): readonly Task[] {
    const tasks = [...this.tables.tasks.values()].map(({ task }) => task).filter((task) => task.runId === runId)
    return tasks.sort((a, b) => a.index - b.index)
  }

  private dispatched(): readonly TaskRow[] {
    return [...this.tables.tasks.values()].filter(({ task }) => task.state === 'dispatched')
  }

  private dueOf(kind: KindName, at: Date): readonly Candidate[] {
    return [...this.tables.tasks.values()].flatMap(({ task, dueAt }) => {
      const isDue = task.kind === kind && task.state === 'waiting' && dueAt !== undefined && dueAt <= at
      const due = isDue ? this.withRun(task) : undefined
      return due === undefined || dueAt === undefined ? [] : [{ ...due, dueAt, priority: due.run.priority }]
    })
  }

  private withRun(task: Task): DueTask | undefined {
    const run = this.tables.runs.get(task.runId)
    const media = run && this.tables.media.get(run.mediaId)
    return run && media && { task, run, media }
  }

  /** Only the latest dispatch may move a task on. */
  private leaveQueue(moved: Task, dueAt?: Date): void {
    const current = this.tables.tasks.get(moved.id)?.task
    if (current?.state !== 'dispatched' || current.generation !== moved.generation) return
    this.tables.tasks.set(moved.id, { task: moved, dueAt, lookAt: undefined })
  }
}
