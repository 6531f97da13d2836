import { AppError, newEventId } from '@libs/kernel'
import type { PictureKindName } from '@libs/tasks'
import { defaultEventConfig } from '../events/event'
import type { EventRenderer } from '../ports/event-renderer.port'
import type { Stores } from '../ports/unit-of-work.port'
import type { Run, RunReport, Task } from './run'
import { taskTransitions } from './task-state'
import { isFinal } from './transitions'

/** Whether every task of a run has ended: then the run has. */
export function allEnded(tasks: readonly Task[]): boolean {
  return tasks.every((task) => isFinal(taskTransitions, task.state))
}

function isPictureTask(task: Task): task is Task<PictureKindName> {
  return task.kind !== 'ingest'
}

/** Which announcement a task's end calls for: its stateKey, or undefined for none. */
export function stateToAnnounce(run: Run, ended: Task, isLast: boolean): string | undefined {
  if (run.type === 'ingest' || run.notifyMode === 'none') return undefined
  if (isLast) return 'finish'
  return run.notifyMode === 'change' ? ended.id : undefined
}

/**
 * What follows, in the same transaction, when a task has ended: the run ends with its last task, and whoever asked
 * is told. The run's row lock orders two tasks that end at once.
 */
export async function concludeTask(stores: Stores, renderer: EventRenderer, ended: Task, at: Date): Promise<void> {
  const { run, tasks } = await stores.runs.lockRun(ended.runId)
  const isLast = allEnded(tasks)
  if (isLast && !(await stores.runs.finishRun(run.id, at))) return
  const stateKey = stateToAnnounce(run, ended, isLast)
  if (stateKey === undefined) return
  const announced: Run = isLast ? { ...run, state: 'finished', finishedAt: at } : run
  await announce(stores, renderer, { run: announced, tasks: tasks.filter(isPictureTask) }, stateKey, at)
}

async function announce(
  stores: Stores,
  renderer: EventRenderer,
  report: RunReport<PictureKindName>,
  stateKey: string,
  at: Date,
): Promise<void> {
  const { run } = report
  const media = await stores.media.find(run.subAppId, run.mediaId)
  if (media === undefined) throw new AppError('internal', `The media of run ${run.id} is not there.`)
  const body = renderer.render(run.dialect, { type: 'procedureStateChanged', report, media })
  const config = (await stores.events.findConfig(run.subAppId)) ?? defaultEventConfig
  const event = { id: newEventId(at.getTime()), subAppId: run.subAppId, runId: run.id, stateKey, body, createdAt: at }
  await stores.events.insert(event, config)
}
