import type { PictureKindName } from '@libs/tasks'
import type { Media, Run, SucceededTask, TaskFacts, UnitOfWork } from '@libs/workflow'
import { everyDepth } from './accept-run'
import { anOutput } from './output'
import { aRun, aTask } from './run'

/** Stores a run whose only task has succeeded. */
export async function succeedTask(
  unitOfWork: UnitOfWork,
  {
    media,
    kind,
    output = anOutput[kind],
    ...facts
  }: { readonly media: Media; readonly kind: PictureKindName; readonly output?: object } & Partial<TaskFacts>,
): Promise<{ readonly run: Run; readonly task: SucceededTask }> {
  const at = facts.finishedAt ?? new Date(1_795_000_000_000)
  const run = aRun(media, { createdAt: at })
  const task = aTask(run, kind, facts)
  await unitOfWork.run(async ({ runs }) => {
    await runs.insert(run, [task], at)
    await runs.claimDue(everyDepth(1_000), at, at)
    const dispatched = { ...task, state: 'dispatched', generation: 1, startedAt: at, output } as const
    await runs.succeedTasks([dispatched as SucceededTask], at)
    await runs.finishEnded([run.id], at)
  })
  const ended = { state: 'succeeded', generation: 1, progressPercent: 100, startedAt: at, finishedAt: at } as const
  return { run, task: { ...task, ...ended, output } as SucceededTask }
}
