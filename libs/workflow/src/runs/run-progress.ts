import { isFinal } from './states/transitions'
import { taskTransitions } from './states/task-state'
import type { TaskFacts } from './run'

/** How much of a run is done, 0 to 100: the mean of its tasks, of which there is at least one; an ended one is done. */
export function runProgressPercent(tasks: readonly Pick<TaskFacts, 'state' | 'progressPercent'>[]): number {
  const percents = tasks.map(({ state, progressPercent }) => (isFinal(taskTransitions, state) ? 100 : progressPercent))
  return Math.floor(percents.reduce((sum, percent) => sum + percent, 0) / percents.length)
}
