import type { Artifact, OutputOf, PictureKindName, Still } from '@libs/tasks'
import {
  type DescribedRun,
  type FileUrls,
  noteOfProcedure,
  type Run,
  runProgressPercent,
  type RunTask,
  type SucceededTask,
  type Task,
  type TaskFacts,
  type TaskState,
} from '@libs/workflow'
import { presentTaskRequest } from './task-body'

function presentFile({ key, sizeBytes }: Artifact, urls: FileUrls): object {
  return { url: urls.urlOf(key), sizeBytes }
}

function presentStill({ artifact, widthPx, heightPx, atMs, ptsMs }: Still, urls: FileUrls): object {
  return { ...presentFile(artifact, urls), widthPx, heightPx, atMs, ptsMs }
}

const presentOutput: { readonly [Kind in PictureKindName]: (output: OutputOf<Kind>, urls: FileUrls) => object } = {
  snapshotByTimeOffset: ({ stills }, urls) => ({ stills: stills.map((still) => presentStill(still, urls)) }),
  sampleSnapshot: ({ stills }, urls) => ({ stills: stills.map((still) => presentStill(still, urls)) }),
  imageSprites: ({ cellWidthPx, cellHeightPx, cellCount, sheets, cells, vtt }, urls) => ({
    cellWidthPx,
    cellHeightPx,
    cellCount,
    sheets: sheets.map((sheet) => presentFile(sheet, urls)),
    cells: cells?.map((cell) => presentStill(cell, urls)),
    vtt: presentFile(vtt, urls),
  }),
  coverBySnapshot: ({ cover }, urls) => ({ cover: presentStill(cover, urls) }),
}

/** Callers see no queue: what is on its way is being processed. */
const presentState: Readonly<Record<TaskState, string>> = {
  waiting: 'waiting',
  dispatched: 'processing',
  succeeded: 'succeeded',
  failed: 'failed',
}

/** What a task of a kind brought, with the URLs of its files. */
export function presentResult<Kind extends PictureKindName>(
  { kind, output }: SucceededTask<Kind>,
  urls: FileUrls,
): object {
  const present: (output: OutputOf<Kind>, urls: FileUrls) => object = presentOutput[kind]
  return present(output, urls)
}

function hasSucceeded<Kind extends PictureKindName>(task: Task<Kind>): task is SucceededTask<Kind> {
  return task.state === 'succeeded' && task.output !== undefined
}

/** How far a task is. */
export function presentProgress({ id, kind, state, progressPercent }: TaskFacts & { readonly kind: string }): object {
  return { taskId: id, kind, state: presentState[state], progressPercent }
}

/** A task as callers see it; what is not known yet is absent. */
export function presentTask<Kind extends PictureKindName>(task: Task<Kind>, urls: FileUrls): object {
  const { kind, definition, settings, request, fault, startedAt, finishedAt } = task
  return {
    ...presentTaskRequest({ kind, definition, settings: definition === undefined ? settings : undefined, request }),
    ...presentProgress(task),
    ...(hasSucceeded(task) && { output: presentResult(task, urls) }),
    fault,
    startedAt,
    finishedAt,
  }
}

/** A task outside of its run. */
export function presentRunTask({ run, task }: RunTask, urls: FileUrls): object {
  const { id, mediaId, createdAt } = run
  return { runId: id, mediaId, index: task.index, ...presentTask(task, urls), createdAt }
}

/** A run without its tasks; what is not known yet is absent. */
export function presentRunFacts(run: Run): object {
  return {
    runId: run.id,
    type: run.type,
    mediaId: run.mediaId,
    procedure: run.procedureName,
    note: noteOfProcedure(run.procedureName),
    state: run.state,
    priority: run.priority,
    queue: run.queue,
    notifyMode: run.notifyMode ?? 'finish',
    callbackUrl: run.callbackUrl,
    sessionContext: run.sessionContext,
    ...(run.userData !== undefined && { userData: JSON.parse(run.userData) as unknown }),
    sessionId: run.sessionId,
    createdAt: run.createdAt,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
  }
}

/** A run with its tasks in order; what is not known yet is absent. */
export function presentRun({ report: { run, tasks } }: DescribedRun, urls: FileUrls): object {
  return {
    ...presentRunFacts(run),
    progressPercent: runProgressPercent(tasks),
    tasks: tasks.map((task) => presentTask(task, urls)),
  }
}
