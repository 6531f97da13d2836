import type { SubAppId } from '@libs/kernel'
import type { KindName } from '@libs/tasks'
import type { DueTask } from '@libs/workflow'
import type { OwnedQueue } from '../memory-tables'

export interface Candidate extends DueTask {
  readonly dueAt: Date
  readonly priority: number
}

function byPriorityAndAge(a: Candidate, b: Candidate): number {
  const byAge = a.dueAt.getTime() - b.dueAt.getTime() || (a.task.id < b.task.id ? -1 : 1)
  return b.priority - a.priority || byAge
}

/** In turn over sub-applications, each by priority and age; what one has at the queue counts as its first turns. */
export function inTurn(candidates: readonly Candidate[], atQueue: readonly SubAppId[]): readonly Candidate[] {
  const sorted = candidates.toSorted(byPriorityAndAge)
  const turnOf = (candidate: Candidate) => {
    const { subAppId } = candidate.run
    const own = sorted.filter(({ run }) => run.subAppId === subAppId)
    return atQueue.filter((id) => id === subAppId).length + own.indexOf(candidate)
  }
  return sorted.toSorted((a, b) => turnOf(a) - turnOf(b))
}

/** What is in no queue, and of each queue that is not paused what it has room for. */
export function withinQueues(
  due: readonly Candidate[],
  dispatched: readonly DueTask[],
  queues: readonly OwnedQueue[],
  placesOf: (kind: KindName) => number,
): { readonly open: readonly Candidate[]; readonly heldBack: boolean } {
  const lots = queues.map(({ subAppId, queue }) => {
    const isIn = ({ run }: DueTask) => run.subAppId === subAppId && run.queue === queue.name
    const own = due.filter(isIn).toSorted(byPriorityAndAge)
    const numberOf = (each: Candidate) => own.filter(({ task }) => task.kind === each.task.kind).indexOf(each)
    const hasPlace = (each: Candidate) => numberOf(each) < placesOf(each.task.kind)
    const sorted = [...own.filter(hasPlace), ...own.filter((each) => !hasPlace(each))]
    const free = queue.limit === null ? own.length : Math.max(0, queue.limit - dispatched.filter(isIn).length)
    const open = queue.paused ? [] : sorted.slice(0, free)
    const raised = open.map((each) => ({ ...each, priority: each.priority + queue.priority }))
    return { open: raised, heldBack: !queue.paused && own.length > free }
  })
  return {
    open: [...due.filter(({ run }) => run.queue === undefined), ...lots.flatMap(({ open }) => open)],
    heldBack: lots.some(({ heldBack }) => heldBack),
  }
}
