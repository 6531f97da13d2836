import type { Clock } from '@libs/kernel'
import type { EventSender } from '../ports/event-sender.port'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'
import { nextAttemptDelayMs } from './delivery-schedule'
import type { Delivery } from './event'

const batch = 32
/** Longer than an attempt may take, so that only a dead deliverer loses its lease. */
const leaseMs = 60_000

/** Posts events to their addresses. Any number of processes may do it at once. */
export class DeliverDue {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly sender: EventSender,
  ) {}

  /** @returns how many attempts were made */
  async execute(): Promise<number> {
    const at = new Date(this.clock.nowMs())
    const claimed = await this.unitOfWork.stores.events.claimDeliveries(batch, at, leaseMs)
    await Promise.all(claimed.map((delivery) => this.attempt(delivery)))
    return claimed.length
  }

  private async attempt(delivery: Delivery): Promise<void> {
    const { events } = this.unitOfWork.stores
    const result = await this.sender.send(delivery)
    const nowMs = this.clock.nowMs()
    if (result.status === 'delivered') return events.markDelivered(delivery, new Date(nowMs))
    const delayMs = nextAttemptDelayMs(delivery.attempt, Math.random(), result.retryAfterMs)
    const retryAt = delayMs === undefined ? undefined : new Date(nowMs + delayMs)
    return events.markFailed(delivery, { status: result.httpStatus, reason: result.reason }, retryAt)
  }
}
