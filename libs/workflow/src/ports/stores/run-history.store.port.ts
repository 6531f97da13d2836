import type { MediaId, RunId, SubAppId, TaskId } from '@libs/kernel'
import type { PictureKindName } from '@libs/tasks'
import type { Run, RunType, SucceededTask, Task, TaskFacts } from '../../runs/run'
import type { RunState } from '../../runs/states/run-state'
import type { TaskState } from '../../runs/states/task-state'
import type { TimeSpan } from './media.store.port'

/** Runs of which all that is given is true. */
export interface RunQuery {
  readonly id?: RunId | undefined
  readonly mediaId?: MediaId | undefined
  readonly type?: RunType | undefined
  /** Of runs that have ended: `succeeded` when all of their tasks have, else `failed`. */
  readonly outcome?: 'succeeded' | 'failed' | undefined
  readonly states?: readonly RunState[] | undefined
  readonly createdAt?: TimeSpan | undefined
  readonly finishedAt?: TimeSpan | undefined
  /** By this time, then by id; runs that have none are not listed. */
  readonly by: 'createdAt' | 'finishedAt'
  readonly order: 'ascending' | 'descending'
  /** Where the page before this one ended. */
  readonly from?: { readonly at: Date; readonly id: RunId } | undefined
  readonly limit: number
}

/** A task that makes pictures, with its run. */
export interface RunTask {
  readonly run: Run
  readonly task: Task<PictureKindName>
}

/** Tasks that make pictures of which all that is given is true. */
export interface TaskQuery {
  readonly runId?: RunId | undefined
  readonly mediaId?: MediaId | undefined
  readonly kind?: PictureKindName | undefined
  readonly state?: TaskState | undefined
  /** When their runs were accepted. */
  readonly createdAt?: TimeSpan | undefined
  /** By that time, then by run, then by place in it. */
  readonly order: 'ascending' | 'descending'
  /** Where the page before this one ended. */
  readonly from?: { readonly at: Date; readonly runId: RunId; readonly index: number } | undefined
  readonly limit: number
}

/** What tasks can bring, as their outputs call it. */
export type BroughtFiles = 'cover' | 'stills' | 'sheets' | 'cells' | 'vtt'

/** A task that made pictures of a media. */
export interface MadePictures {
  readonly mediaId: MediaId
  readonly task: SucceededTask<PictureKindName>
}

/** How far a run that makes pictures is, without what its tasks hold. */
export interface RunSight {
  readonly runId: RunId
  readonly state: RunState
  /** In order. */
  readonly tasks: readonly Pick<TaskFacts, 'state' | 'progressPercent' | 'frameCount'>[]
}

/** What runs are there and have been, for looking at. */
export abstract class RunHistoryStore {
  abstract findPull(subAppId: SubAppId, runId: RunId): Promise<Run | undefined>

  /** Runs that make pictures and pulls, in order. */
  abstract list(subAppId: SubAppId, query: RunQuery): Promise<readonly Run[]>

  abstract findTask(subAppId: SubAppId, taskId: TaskId): Promise<RunTask | undefined>

  /** In order. */
  abstract listTasks(subAppId: SubAppId, query: TaskQuery): Promise<readonly RunTask[]>

  /** Of each media, kind and template the latest task that made pictures; by ascending definition. */
  abstract latestOf(mediaIds: readonly MediaId[]): Promise<readonly MadePictures[]>

  /** The latest task that brought some of those files of a media. */
  abstract latestWith(mediaId: MediaId, brought: BroughtFiles): Promise<SucceededTask<PictureKindName> | undefined>

  /** Those of some runs that are there and make pictures; cheap enough to be asked for again and again. */
  abstract sightsOf(runIds: readonly RunId[]): Promise<readonly RunSight[]>

  /** All runs of a media. */
  abstract idsOfMedia(mediaId: MediaId): Promise<readonly RunId[]>
}
