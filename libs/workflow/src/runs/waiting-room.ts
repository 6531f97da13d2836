import { AppError, type Clock, type SubAppId } from '@libs/kernel'
import type { SubAppStores } from '../ports/stores/unit-of-work.port'

/** How long a count is believed, with what was let in since. */
const believedMs = 1_000

/**
 * Lets no more tasks of a sub-application wait than it may have. Each process counts once a second where calls come, no
 * further than the limit, and adds what it accepts itself: several processes may together let in a second's calls too many.
 */
export class WaitingRoom {
  private readonly waiting = new Map<SubAppId, { count: number; readonly untilMs: number }>()

  /** @param most 0: as many as come */
  constructor(
    private readonly most: number,
    private readonly clock: Clock,
  ) {}

  /**
   * To be asked in the transaction that accepts the tasks, which is to end without them when this throws.
   * @throws AppError `subApp.busy`
   */
  async admit(stores: SubAppStores, subAppId: SubAppId, tasks: number): Promise<void> {
    if (this.most === 0) return
    const nowMs = this.clock.nowMs()
    const known = this.waiting.get(subAppId)
    const isFresh = known !== undefined && nowMs < known.untilMs
    const counted = isFresh
      ? known
      : { count: await stores.runs.countWaiting(subAppId, this.most), untilMs: nowMs + believedMs }
    this.waiting.set(subAppId, counted)
    if (counted.count + tasks > this.most) {
      throw new AppError('subApp.busy', `No more than ${this.most} tasks may wait; try again when some have ended.`)
    }
    counted.count += tasks
  }
}
