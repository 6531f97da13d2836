import type { SubAppId } from '@libs/kernel'
import { type DueTask, lastTurn } from '@libs/workflow'
import type { OwnedQueue } from '../memory-tables'

export interface Candidate extends DueTask {
  readonly dueAt: Date
  readonly priority: number
}

function byPriorityAndAge(a: Candidate, b: Candidate): number {
  const byAge = a.dueAt.getTime() - b.dueAt.getTime() || (a.task.id < b.task.id ? -1 : 1)
  return b.priority - a.priority || byAge
}

export interface AtQueue extends DueTask {
  readonly turn: number
}

export interface InTurn extends Candidate {
  readonly turn: number
  /** Whether it is the first of a sub-application that has nothing at the queue. */
  readonly isFirst: boolean
}

export function hasAny(atQueue: readonly DueTask[], subAppId: SubAppId): boolean {
  return atQueue.some(({ run }) => run.subAppId === subAppId)
}

/** Candidates of one kind in turn over sub-applications, each by priority and age, behind what they have at the queue. */
export function inTurn(candidates: readonly Candidate[], atQueue: readonly AtQueue[]): readonly InTurn[] {
  const sorted = candidates.toSorted(byPriorityAndAge)
  const turnsOf = (subAppId: SubAppId) => atQueue.flatMap(({ run, turn }) => (run.subAppId === subAppId ? [turn] : []))
  const frontOf = (turns: readonly number[]) => Math.max(Math.min(...turns), Math.max(...turns) - turns.length + 1)
  const atHand = Math.max(1, ...atQueue.map(({ run }) => frontOf(turnsOf(run.subAppId))))
  const placed = sorted.map((candidate): InTurn => {
    const { subAppId } = candidate.run
    const number = sorted.filter(({ run }) => run.subAppId === subAppId).indexOf(candidate)
    const own = turnsOf(subAppId)
    const turn = Math.min(lastTurn, Math.max(atHand, ...own.map((each) => each + 1)) + number)
    return { ...candidate, turn, isFirst: own.length === 0 && number === 0 }
  })
  return placed.toSorted((a, b) => a.turn - b.turn || Number(b.isFirst) - Number(a.isFirst))
}

/** What is in no queue, and of each queue that is not paused what it has room for. */
export function withinQueues(
  due: readonly Candidate[],
  dispatched: readonly DueTask[],
  queues: readonly OwnedQueue[],
  placesOf: (each: Candidate) => number,
): { readonly open: readonly Candidate[]; readonly heldBack: boolean } {
  const lots = queues.map(({ subAppId, queue }) => {
    const isIn = ({ run }: DueTask) => run.subAppId === subAppId && run.queue === queue.name
    const own = due.filter(isIn).toSorted(byPriorityAndAge)
    const numberOf = (each: Candidate) => own.filter(({ task }) => task.kind === each.task.kind).indexOf(each)
    const hasPlace = (each: Candidate) => numberOf(each) < placesOf(each)
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
