import type { Clock } from '@libs/kernel'
import type { RetentionStore } from './retention.store.port'
import type { SweepDue, Swept } from './sweep-due'
import type { SweepOrphans } from './sweep-orphans'

/** Rules are in days, so one conductor goes through everything once a day. */
const passEveryMs = 24 * 3_600_000

/** The janitor's round: lot by lot, a sweep of what is due and of files whose rows are gone. */
export class SweepDaily {
  private pass: AsyncGenerator<Swept> | undefined

  constructor(
    private readonly store: RetentionStore,
    private readonly clock: Clock,
    private readonly due: SweepDue,
    private readonly orphans: SweepOrphans,
  ) {}

  /**
   * Does the next lot. A pass that fails is over, and whatever it has left is the next one's.
   * @returns 1 while there is more, 0 when there is nothing to do yet
   */
  async execute(): Promise<number> {
    if (this.pass === undefined && !(await this.begins())) return 0
    const pass = this.pass ?? this.lots()
    this.pass = undefined
    const { done } = await pass.next()
    if (done === true) return 0
    this.pass = pass
    return 1
  }

  private begins(): Promise<boolean> {
    const atMs = this.clock.nowMs()
    return this.store.beginPass(new Date(atMs), new Date(atMs - passEveryMs))
  }

  private async *lots(): AsyncGenerator<Swept> {
    yield* this.due.lots('discard')
    yield* this.orphans.lots('discard')
  }
}
