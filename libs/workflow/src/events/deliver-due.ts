import type { Clock } from '@libs/kernel'
import type { Doorbell } from '../ports/doorbell.port'
import type { EventRenderer } from '../ports/event-renderer.port'
import type { EventSender } from '../ports/event-sender.port'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'
import { nextAttemptDelayMs } from './delivery-schedule'
import type { Delivery } from './event'

/** Attempts under way at a time in this process; one that hangs holds no other one up. */
const mostAtATime = 32
/** Longer than an attempt may take, so that only a dead deliverer loses its lease. */
const leaseMs = 60_000

/** Posts events to their addresses. Any number of processes may do it at once. */
export class DeliverDue {
  private readonly underWay = new Set<Promise<void>>()

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly renderer: EventRenderer,
    private readonly sender: EventSender,
    private readonly doorbell: Doorbell,
  ) {}

  /** Starts the attempts that are due, and does not wait for them. @returns how many it started */
  async execute(): Promise<number> {
    const free = mostAtATime - this.underWay.size
    if (free === 0) return 0
    const at = new Date(this.clock.nowMs())
    const claimed = await this.unitOfWork.stores.events.claimDeliveries(free, at, leaseMs)
    for (const delivery of claimed) this.start(delivery)
    return claimed.length
  }

  /** Resolves when the attempts under way have ended. */
  async settle(): Promise<void> {
    await Promise.all(this.underWay)
  }

  private start(delivery: Delivery): void {
    const wasFull = this.underWay.size + 1 === mostAtATime
    // What could not be recorded is claimed again when its lease ends.
    const attempt = this.attempt(delivery).catch(() => undefined)
    const ended = attempt.then(() => {
      this.underWay.delete(ended)
      if (wasFull) this.doorbell.ringHere('deliveries')
    })
    this.underWay.add(ended)
  }

  private async attempt(delivery: Delivery): Promise<void> {
    const { events } = this.unitOfWork.stores
    const result = await this.sender.send({ ...delivery, body: this.bodyOf(delivery) })
    const nowMs = this.clock.nowMs()
    if (result.status === 'delivered') return events.markDelivered(delivery, new Date(nowMs))
    const delayMs = nextAttemptDelayMs(delivery.attempt, Math.random(), result.retryAfterMs)
    const retryAt = delayMs === undefined ? undefined : new Date(nowMs + delayMs)
    return events.markFailed(delivery, { status: result.httpStatus, reason: result.reason }, retryAt)
  }

  private bodyOf({ dialect, body, signKey }: Delivery): string {
    return signKey === '' ? body : this.renderer.sign(dialect, body, signKey, this.clock.nowMs())
  }
}
