import type { Artifact, OutputOf, PictureKindName, Still } from '@libs/tasks'
import {
  type DescribedRun,
  type FileUrls,
  frameCountOf,
  hasSucceeded,
  noteOfProcedure,
  type Run,
  runProgressPercent,
  type RunTask,
  type SucceededTask,
  type Task,
  type TaskState,
} from '@libs/workflow'
import type { View } from '../openapi/view'
import { presentTaskRequest } from './views/present-task-request'
import type { runFactsView, runView } from './views/run-view'
import type { fileView, progressView, resultView, runTaskView, stillView, taskView } from './views/task-view'

type AnyResult = View<typeof resultView>
export type OutputView<Kind extends PictureKindName> = Extract<AnyResult, { readonly kind: Kind }>['output']
type AnyTask = View<typeof taskView>

function presentFile({ key, sizeBytes }: Artifact, urls: FileUrls): View<typeof fileView> {
  return { url: urls.urlOf(key), sizeBytes }
}

function presentStill({ artifact, widthPx, heightPx, atMs, ptsMs }: Still, urls: FileUrls): View<typeof stillView> {
  return { ...presentFile(artifact, urls), widthPx, heightPx, atMs, ptsMs }
}

const presentOutput: {
  readonly [Kind in PictureKindName]: (output: OutputOf<Kind>, urls: FileUrls) => OutputView<Kind>
} = {
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
const presentState: Readonly<Record<TaskState, AnyTask['state']>> = {
  waiting: 'waiting',
  dispatched: 'processing',
  succeeded: 'succeeded',
  failed: 'failed',
}

/** What a task of a kind brought, with the URLs of its files. */
export function presentResult<Kind extends PictureKindName>(
  { kind, output }: SucceededTask<Kind>,
  urls: FileUrls,
): OutputView<Kind> {
  const present: (output: OutputOf<Kind>, urls: FileUrls) => OutputView<Kind> = presentOutput[kind]
  return present(output, urls)
}

/** How far a task is. */
export function presentProgress<Kind extends PictureKindName>(task: Task<Kind>): View<typeof progressView> {
  const { id, kind, state, progressPercent } = task
  return { taskId: id, kind, state: presentState[state], progressPercent, ...frameCountOf(task) }
}

/** A task as callers see it; what is not known yet is absent. */
export function presentTask<Kind extends PictureKindName>(task: Task<Kind>, urls: FileUrls): AnyTask {
  const { kind, definition, settings, request, fault, startedAt, finishedAt } = task
  // The compiler cannot see that request and output are of one kind.
  return {
    ...presentTaskRequest({ kind, definition, settings: definition === undefined ? settings : undefined, request }),
    ...presentProgress(task),
    ...(hasSucceeded(task) && { output: presentResult(task, urls) }),
    fault,
    startedAt,
    finishedAt,
  } as AnyTask
}

/** A task outside of its run. */
export function presentRunTask({ run, task }: RunTask, urls: FileUrls): View<typeof runTaskView> {
  const { id, mediaId, createdAt } = run
  return { runId: id, mediaId, index: task.index, ...presentTask(task, urls), createdAt }
}

/** A run without its tasks; what is not known yet is absent. */
export function presentRunFacts(run: Run): View<typeof runFactsView> {
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
export function presentRun({ report: { run, tasks } }: DescribedRun, urls: FileUrls): View<typeof runView> {
  return {
    ...presentRunFacts(run),
    progressPercent: runProgressPercent(tasks),
    tasks: tasks.map((task) => presentTask(task, urls)),
  }
}
