import type { PictureKindName } from '@libs/tasks'
import type { RunSight } from '../../ports/stores/run-history.store.port'
import type { RunReport } from '../run'
import { runTransitions } from '../states/run-state'
import { taskTransitions } from '../states/task-state'
import { isFinal } from '../states/transitions'

type Report = RunReport<PictureKindName>

/** Whether a sight tells anything that a report of the same run does not. */
export function hasChanged({ run, tasks }: Report, sight: RunSight): boolean {
  if (run.state !== sight.state) return true
  return tasks.some(({ state, progressPercent }, index) => {
    const seen = sight.tasks[index]
    return seen !== undefined && (seen.state !== state || seen.progressPercent !== progressPercent)
  })
}

/** Whether something has ended since: what came of it is in no sight. */
export function needsRereading({ run, tasks }: Report, sight: RunSight | undefined): boolean {
  if (sight === undefined) return false
  if (isFinal(runTransitions, sight.state) && run.state !== sight.state) return true
  return sight.tasks.some(({ state }, index) => isFinal(taskTransitions, state) && tasks[index]?.state !== state)
}

/** A report with the states and percents of a later sight in which nothing has ended since. */
export function advance({ run, tasks }: Report, sight: RunSight): Report {
  return {
    run: { ...run, state: sight.state },
    tasks: tasks.map((task, index) => ({ ...task, ...sight.tasks[index] })),
  }
}
