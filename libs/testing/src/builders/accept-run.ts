import { type KindName, kindNames } from '@libs/tasks'
import type { Depths, Media, Run, Task, UnitOfWork } from '@libs/workflow'
import { aMedia } from './media'
import { aRun, aTask } from './run'

export interface AcceptedRun {
  readonly run: Run
  readonly tasks: readonly Task[]
}

interface Acceptance {
  /** Of the run, unless that is of another sub-application. */
  readonly media: Media
  readonly of: Partial<Run>
  readonly kinds: readonly KindName[]
  readonly due: Date | 'after ingest'
}

const claimedMs = 15_000

/** Stores a run with a task of each kind, as an accepted call does. */
export async function acceptRun(unitOfWork: UnitOfWork, { media, of, kinds, due }: Acceptance): Promise<AcceptedRun> {
  const about = of.subAppId === undefined ? media : aMedia({ subAppId: of.subAppId })
  if (about !== media) await unitOfWork.stores.media.insert(about)
  const run = aRun(about, of)
  const tasks = kinds.map((kind, index) => aTask(run, kind, { index }))
  await unitOfWork.run(({ runs }) => runs.insert(run, tasks, due === 'after ingest' ? undefined : due))
  return { run, tasks }
}

export function everyDepth(depth: number): Depths {
  return Object.fromEntries(kindNames.map((kind) => [kind, depth])) as Record<KindName, number>
}

export function claimDue(unitOfWork: UnitOfWork, depth: number, now: Date) {
  return unitOfWork.run(({ runs }) => runs.claimDue(everyDepth(depth), now, new Date(now.getTime() + claimedMs)))
}
