import type { Fault, Origin, RunId, SubAppId, TaskId } from '@libs/kernel'
import type { FrameCount, KindName, Subject, TaskInput } from '@libs/tasks'

/** Whoever comes later than this many turns, without the queue ever having been empty, is in the last one too. */
export const lastTurn = 2_000_000

/** A task on its way to the queue. */
export interface Dispatch {
  readonly origin: Origin
  readonly runId: RunId
  readonly taskId: TaskId
  readonly generation: number
  readonly kind: KindName
  /** 1 to `lastTurn`. Workers take the lowest of their kind first, and in one turn what was sent first. */
  readonly turn: number
  readonly input: TaskInput<unknown, unknown>
  readonly subject: Subject
  readonly subAppId: SubAppId
}

/** What became of an execution. The output is as the worker wrote it; who knows the kind parses it. */
export type Outcome =
  { readonly status: 'succeeded'; readonly output: unknown } | { readonly status: 'failed'; readonly fault: Fault }

/** A task's job, named by what the queue knows it by. */
export interface DispatchedTask {
  readonly taskId: TaskId
  readonly generation: number
  readonly kind: KindName
}

/** `gone`: the queue does not know it, and no outcome will come. */
export type JobSight =
  | { readonly status: 'underWay' }
  | { readonly status: 'gone' }
  | { readonly status: 'ended'; readonly outcome: Outcome }

/** How far a dispatch of a task is, as its worker says. */
export interface TaskProgress extends DispatchedTask, FrameCount {
  /** 0 to 100. */
  readonly percent: number
}

/** The road to the workers. It may forget everything at any instant. */
export abstract class Dispatcher {
  /** Sends tasks off, to be taken by turn and in this order; one that was sent before with the same generation is not sent again. */
  abstract send(dispatches: readonly Dispatch[]): Promise<void>

  /** Looks for a task's job. */
  abstract look(task: DispatchedTask): Promise<JobSight>

  /** Takes what is left of a task's job off the queue. */
  abstract forget(task: DispatchedTask): Promise<void>

  /** Takes tasks off the queue; a worker that is at one of them leaves it within half a second. */
  abstract stop(tasks: readonly DispatchedTask[]): Promise<void>

  /** How far those tasks of some kinds are that workers are at. */
  abstract progressOf(kinds: readonly KindName[]): Promise<readonly TaskProgress[]>

  /** True once after the queue has lost its memory; puts the mark back that tells so. */
  abstract noticeWipe(): Promise<boolean>
}
