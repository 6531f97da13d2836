import type { Fault, MediaId, Origin, RunId, SubAppId, TaskId } from '@libs/kernel'
import type { FrameCount, KindName, OutputOf, RequestOf, SettingsOf } from '@libs/tasks'
import type { RunState } from './states/run-state'
import type { TaskState } from './states/task-state'

/** When a run tells of itself: at its end, at each task's end, or never. */
export type NotifyMode = 'finish' | 'change' | 'none'

/** `ingest` runs make an uploaded media ready, `pull` runs fetch it first; `process` runs make pictures of it. */
export type RunType = 'ingest' | 'pull' | 'process'

export interface Run extends Origin {
  readonly id: RunId
  readonly subAppId: SubAppId
  readonly type: RunType
  readonly mediaId: MediaId
  /** The vendor's language that the call came in, and that its events go out in. */
  readonly dialect: string
  readonly procedureName: string | undefined
  /** The run that was asked for together with this one and waits for it. */
  readonly nextRunId: RunId | undefined
  readonly state: RunState
  /** Undefined when the caller did not say; it means `finish`. */
  readonly notifyMode: NotifyMode | undefined
  /** −10 … 10; the higher runs first. */
  readonly priority: number
  /** The named queue whose limit holds for its tasks. */
  readonly queue?: string | undefined
  /** Where its events go in place of the sub-application's address, if events are pushed there. */
  readonly callbackUrl: string | undefined
  readonly sessionContext: string
  /** JSON text that the caller gave along to get back. */
  readonly userData?: string | undefined
  /** What was asked, in the words of its dialect, where that tells it again as it was. */
  readonly written?: string | undefined
  readonly sessionId: string
  readonly createdAt: Date
  readonly startedAt: Date | undefined
  readonly finishedAt: Date | undefined
}

export interface TaskFacts {
  readonly id: TaskId
  readonly runId: RunId
  /** Place among the tasks of its run, from 0. */
  readonly index: number
  /** The template that its settings were frozen from; undefined for ingest. */
  readonly definition: number | undefined
  readonly state: TaskState
  /** Counts dispatches; the fencing token of the one that may settle the task. */
  readonly generation: number
  readonly tries: number
  /** How much is done, as its worker last said; 100 just when it has succeeded. Never falls, not even from try to try. */
  readonly progressPercent: number
  /** As its worker last said, while it has not succeeded; undefined until then. */
  readonly frameCount: FrameCount | undefined
  readonly fault: Fault | undefined
  readonly startedAt: Date | undefined
  readonly finishedAt: Date | undefined
}

/** One piece of a run, its settings frozen when the run was accepted. */
export type Task<Name extends KindName = KindName> = {
  [K in Name]: TaskFacts & {
    readonly kind: K
    readonly settings: SettingsOf<K>
    readonly request: RequestOf<K>
    readonly output: OutputOf<K> | undefined
  }
}[Name]

/** A task that has brought its output. */
export type SucceededTask<Name extends KindName = KindName> = {
  [K in Name]: Task<K> & { readonly output: OutputOf<K> }
}[Name]

/** A run with its tasks in order. */
export interface RunReport<Name extends KindName = KindName> {
  readonly run: Run
  readonly tasks: readonly Task<Name>[]
}
