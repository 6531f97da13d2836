import type { FrameCount, OutputOf, PictureKindName } from '@libs/tasks'
import type { SucceededTask, Task, TaskFacts } from './run'
import { taskTransitions } from './states/task-state'
import { isFinal } from './states/transitions'
import { hasSucceeded } from './task-record'

/** How much of a run is done, 0 to 100: the mean of its tasks, of which there is at least one; an ended one is done. */
export function runProgressPercent(tasks: readonly Pick<TaskFacts, 'state' | 'progressPercent'>[]): number {
  const percents = tasks.map(({ state, progressPercent }) => (isFinal(taskTransitions, state) ? 100 : progressPercent))
  return Math.floor(percents.reduce((sum, percent) => sum + percent, 0) / percents.length)
}

const picturesIn: { readonly [Kind in PictureKindName]: (output: OutputOf<Kind>) => number } = {
  snapshotByTimeOffset: ({ stills }) => stills.length,
  sampleSnapshot: ({ stills }) => stills.length,
  imageSprites: ({ cellCount }) => cellCount,
  coverBySnapshot: () => 1,
}

function countPictures<Kind extends PictureKindName>({ kind, output }: SucceededTask<Kind>): number {
  const count: (output: OutputOf<Kind>) => number = picturesIn[kind]
  return count(output)
}

/** How many frames a task has of how many: what it brought, else what its worker last said, else nobody knows. */
export function frameCountOf<Kind extends PictureKindName>(task: Task<Kind>): FrameCount | undefined {
  if (!hasSucceeded(task)) return task.frameCount
  const frames = countPictures(task)
  return { framesDone: frames, frames }
}
