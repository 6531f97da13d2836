import type { Fault, MediaId, RunId, SubAppId, TaskId } from '@libs/kernel'
import type { KindName, PictureKindName } from '@libs/tasks'
import type { Media } from '../../media/media'
import type { Depths } from '../../runs/dispatching/queue-depths'
import type { Run, RunReport, SucceededTask, Task } from '../../runs/run'
import type { RunState } from '../../runs/states/run-state'
import type { DispatchedTask, TaskProgress } from '../dispatcher.port'

/**
 * What is due so soon is due now: who made a task due went by another process's clock, and would wait for the next look
 * else.
 */
export const clocksDifferMs = 50

/** Sessions are forgotten then; no window is longer. */
export const longestSessionMs = 30 * 24 * 3_600_000

/** What keeps one call from being accepted twice. */
export interface Session {
  /** Calls of different scopes never meet. */
  readonly scope: string
  readonly id: string
  readonly windowMs: number
}

/** A task that is to go to the queue, with all that its envelope needs. */
export interface DueTask {
  readonly task: Task
  readonly run: Run
  readonly media: Media
}

export interface ClaimedTask extends DueTask {
  /** In which it goes at the queue. */
  readonly turn: number
}

export interface ClaimedTasks {
  /** As they are now, with their runs as they were. */
  readonly tasks: readonly ClaimedTask[]
  /** Whether others are due that there was no room for, at the queue or in their named queues. */
  readonly more: boolean
}

/** A task that is to end before its time. */
export interface AbortedTask extends DueTask {
  /** Whether all of its run is to. */
  readonly withRun: boolean
}

export interface FailedTask {
  readonly task: Task
  readonly fault: Fault
}

export interface PostponedTask {
  readonly task: Task
  /** The new count of tries that have ended. */
  readonly tries: number
  readonly dueAt: Date
}

/** What should have moved by now. */
export interface Overdue {
  readonly count: number
  /** Since when the first of them waits; undefined when there is none. */
  readonly since: Date | undefined
}

/** The tasks of a kind that could be dispatched, or that are at the queue or a worker. There is at least one. */
export interface OpenTasks {
  readonly kind: KindName
  readonly state: 'waiting' | 'dispatched'
  readonly count: number
  /** Since when the first of them could be dispatched, or since the first dispatch of one of them. */
  readonly since: Date
}

export abstract class RunStore {
  /** Stores a run with its tasks. Tasks are due at `dueAt`, or wait for their media when it is undefined. */
  abstract insert(run: Run, tasks: readonly Task[], dueAt: Date | undefined): Promise<void>

  /** @returns false when the session was used within its window */
  abstract claimSession(subAppId: SubAppId, session: Session, runId: RunId, at: Date): Promise<boolean>

  /** @returns how many sessions of before that time it took away, at most `limit` */
  abstract forgetSessions(before: Date, limit: number): Promise<number>

  /** A run that makes pictures; runs that only ingest are nobody's business. */
  abstract findProcess(subAppId: SubAppId, runId: RunId): Promise<RunReport<PictureKindName> | undefined>

  /**
   * Locks tasks due by `at`, or `clocksDifferMs` later, that nobody else is dispatching, in turn over sub-applications, by priority and age: as many of
   * each kind as bring those at the queue to its depth, and beyond it one of each sub-application that has none there.
   * Marks them dispatched with their turn and next generation, notes when to look for their jobs, and marks their runs
   * as processing. They come in the order of their turns. Of a named queue there are never more dispatched than its
   * limit, whoever claims at the same time, and none is claimed while it is paused. To be called in a transaction.
   */
  abstract claimDue(depths: Depths, at: Date, lookAgainAt: Date): Promise<ClaimedTasks>

  /** Tasks of the sub-application that wait for their turn or their media, counted no further than `most`. */
  abstract countWaiting(subAppId: SubAppId, most: number): Promise<number>

  /** Of all sub-applications, in any order. */
  abstract countOpen(at: Date): Promise<readonly OpenTasks[]>

  /** Dispatched tasks whose time to look for their job has come; notes the next such time. */
  abstract claimOverdue(limit: number, at: Date, lookAgainAt: Date): Promise<readonly DispatchedTask[]>

  /** Makes every dispatched task overdue: the queue has lost its memory. */
  abstract expectAllOverdue(at: Date): Promise<void>

  /** Locks tasks until the transaction ends, in the order of their ids. @returns those that exist, in that order */
  abstract lockTasks(taskIds: readonly TaskId[]): Promise<readonly DueTask[]>

  /** As `lockTasks`, the first `limit` tasks that have not ended, of those that are to be aborted, or whose runs are. */
  abstract lockAborted(limit: number): Promise<readonly AbortedTask[]>

  abstract succeedTasks(tasks: readonly SucceededTask[], at: Date): Promise<void>

  /** Ends tasks that are still in the state that they are given in, be it at the queue or before. */
  abstract failTasks(failures: readonly FailedTask[], at: Date): Promise<void>

  /** Puts dispatched tasks back. */
  abstract postponeTasks(postponed: readonly PostponedTask[]): Promise<void>

  /** The kinds of the tasks at the queue. */
  abstract dispatchedKinds(): Promise<readonly KindName[]>

  /** Notes how far tasks are; what is not further than noted, or is of a dispatch that is over, changes nothing. */
  abstract recordProgress(progress: readonly TaskProgress[]): Promise<void>

  /** Makes the tasks that wait for a media due. */
  abstract releaseTasksOf(mediaId: MediaId, at: Date): Promise<void>

  /** Runs that make pictures, with their tasks. */
  abstract reportsOf(runIds: readonly RunId[]): Promise<readonly RunReport<PictureKindName>[]>

  /** As `askAbort`, all runs of a media that make pictures. */
  abstract askAbortOfMedia(mediaId: MediaId, at: Date): Promise<void>

  /**
   * Notes that a run which makes pictures is to be aborted; again, it changes nothing.
   * @returns false when there is none, or it is in no state that the wish may be made `from`
   */
  abstract askAbort(subAppId: SubAppId, runId: RunId, from: readonly RunState[], at: Date): Promise<boolean>

  /** Notes that a task which makes pictures and has not ended is to be aborted. @returns false when there is none */
  abstract askTaskAbort(subAppId: SubAppId, taskId: TaskId, at: Date): Promise<boolean>

  /**
   * Locks runs in the order of their ids, so that of two last tasks that end at once the second sees the first; then
   * ends those whose tasks have all ended, as aborted where a task was and they were to be. @returns the ones that this call has ended
   */
  abstract finishEnded(runIds: readonly RunId[], at: Date): Promise<ReadonlySet<RunId>>
}
