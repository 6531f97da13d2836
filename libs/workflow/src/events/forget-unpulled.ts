import type { Clock } from '@libs/kernel'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'

/** Tencent Cloud VOD, "Event notification", reliable mode: unpulled events are kept for four days. */
const keptMs = 4 * 24 * 3_600_000
const batch = 1_000

/** Ends the wait of events that nobody has pulled in time; they stay in the history. */
export class ForgetUnpulled {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @returns how many events it took away */
  async execute(): Promise<number> {
    return this.unitOfWork.stores.events.forgetUnpulled(new Date(this.clock.nowMs() - keptMs), batch)
  }
}
