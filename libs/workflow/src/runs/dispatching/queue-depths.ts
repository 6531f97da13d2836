import type { Clock } from '@libs/kernel'
import { type KindName, kindNames } from '@libs/tasks'

/** How many tasks of each kind the queue holds at most; the rest wait in Postgres, where order can still change. */
export type Depths = Readonly<Record<KindName, number>>

const atFirst = 8
/** One at work and one to go on with. */
const least = 2
const most = 1_000
/** How much work the queue must hold at the pace at hand, so that nobody waits for the next round of dispatching. */
const aheadMs = 100

/**
 * Keeps the queue as shallow as keeps its workers busy: what a caller has there already goes before whatever else he
 * sends, however urgent it is. Follows what the workers are seen at, which grows and shrinks with them, and the
 * pace of claims, for tasks too short to be seen.
 */
export class QueueDepths {
  private depths: Depths = Object.fromEntries(kindNames.map((kind) => [kind, atFirst])) as Record<KindName, number>
  private claimed: KindName[] = []
  private measuredAtMs: number

  constructor(private readonly clock: Clock) {
    this.measuredAtMs = clock.nowMs()
  }

  current(): Depths {
    return this.depths
  }

  /** @param kinds of the tasks that were sent to the queue, one for each */
  noteClaimed(kinds: readonly KindName[]): void {
    this.claimed.push(...kinds)
  }

  /** @param active kinds of the tasks that workers are at now, one for each */
  measure(active: readonly KindName[]): void {
    const nowMs = this.clock.nowMs()
    const elapsedMs = Math.max(1, nowMs - this.measuredAtMs)
    const depthOf = (kind: KindName) => {
      const atWork = countOf(kind, active)
      const sent = countOf(kind, this.claimed)
      if (atWork === 0 && sent === 0) return this.depths[kind]
      const soon = Math.ceil((sent * aheadMs) / elapsedMs)
      const next = Math.max(1, Math.floor(atWork / 2))
      return Math.min(most, Math.max(least, atWork + next, soon + 1))
    }
    this.depths = Object.fromEntries(kindNames.map((kind) => [kind, depthOf(kind)])) as Record<KindName, number>
    this.claimed = []
    this.measuredAtMs = nowMs
  }
}

function countOf(kind: KindName, kinds: readonly KindName[]): number {
  return kinds.filter((each) => each === kind).length
}
