import { type Clock, originOfWork, traced, workOn } from '@libs/kernel'
import { setTimeout as wait } from 'node:timers/promises'
import type { Doorbell } from '../../ports/doorbell.port'
import type { EventRenderer, SignedEvent } from '../../ports/event-renderer.port'
import type { EventSender, FailedSend, SendResult } from '../../ports/event-sender.port'
import type { UnitOfWork } from '../../ports/stores/unit-of-work.port'
import type { Delivery } from './delivery'
import { nextAttemptDelayMs } from './delivery-schedule'
import { afterFailure, type Endpoint, failuresToOpen } from './endpoint'

/** Attempts under way at a time in this process, nearly all of which only wait for an answer. */
const mostAtATime = 128
/** Of those, the share of an endpoint: as much as one that never answers can hold up. */
const mostPerEndpoint = 8
/** Longer than an attempt may take, so that only a dead deliverer loses its lease. */
const leaseMs = 60_000
/** How often what came of an attempt is told to a database that is away; all well within a lease. */
const recordTries = 15
const recordPauseMs = 500

/** Hears of what deliveries come to here. */
export interface DeliveryWatcher {
  onAttempted(delivery: Delivery, result: SendResult): void
  /** An endpoint was given up. */
  onDisabled(url: string, reason: string): void
}

/** Posts events to their addresses. Any number of processes may do it at once. */
export class DeliverDue {
  private readonly underWay = new Set<Promise<void>>()
  private watcher: DeliveryWatcher | undefined

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly renderer: EventRenderer,
    private readonly sender: EventSender,
    private readonly doorbell: Doorbell,
  ) {}

  watch(watcher: DeliveryWatcher): void {
    this.watcher = watcher
  }

  /** Starts the attempts that are due, and does not wait for them. @returns how many it started, if that may not be all */
  async execute(): Promise<number> {
    const free = mostAtATime - this.underWay.size
    if (free === 0) return 0
    const limits = { limit: free, mostPerEndpoint, failuresToOpen }
    const at = new Date(this.clock.nowMs())
    const claimed = await this.unitOfWork.stores.deliveries.claim(limits, at, leaseMs)
    for (const delivery of claimed) this.start(delivery)
    // Endpoints that gave all that they may give more when an attempt has ended, which rings.
    return claimed.length === free ? free : 0
  }

  /** Resolves when the attempts under way have ended. */
  async settle(): Promise<void> {
    await Promise.all(this.underWay)
  }

  private start(delivery: Delivery): void {
    // What could not be recorded is claimed again when its lease ends.
    const attempt = workOn(delivery.about, () => this.attempt(delivery)).catch(() => undefined)
    const ended = attempt.then(() => {
      this.underWay.delete(ended)
      this.doorbell.ringHere('deliveries')
    })
    this.underWay.add(ended)
  }

  private async attempt(delivery: Delivery): Promise<void> {
    const result = await this.send(delivery)
    this.watcher?.onAttempted(delivery, result)
    const at = new Date(this.clock.nowMs())
    if (result.status === 'delivered') {
      return insist(() => this.unitOfWork.stores.deliveries.markDelivered(delivery, at))
    }
    const disabled = await insist(() => this.recordFailure(delivery, result, at))
    if (disabled !== undefined) this.watcher?.onDisabled(delivery.url, disabled.disabledReason ?? '')
  }

  /** The receiver is told where it is in the trace. */
  private send(delivery: Delivery): Promise<SendResult> {
    const attributes = { 'stillflow.event_id': delivery.eventId, 'stillflow.attempt': delivery.attempt }
    return traced('deliver', { kind: 'client', attributes }, async (span) => {
      const { body, headers } = this.signed(delivery)
      const { traceparent } = originOfWork()
      const withTrace = traceparent === undefined ? headers : { ...headers, traceparent }
      const result = await this.sender.send({ ...delivery, body, headers: withTrace })
      if (result.status === 'failed') span?.fail(String(result.httpStatus ?? 'unreachable'))
      return result
    })
  }

  /** @returns the endpoint if this failure is what disabled it */
  private recordFailure(delivery: Delivery, result: FailedSend, at: Date): Promise<Endpoint | undefined> {
    return this.unitOfWork.run(async ({ deliveries }) => {
      const before = await deliveries.lockEndpointOf(delivery)
      if (before === undefined) return undefined
      const after = afterFailure(before, result, at)
      const delayMs = nextAttemptDelayMs(delivery.attempt, Math.random(), result.retryAfterMs)
      const retryAt = delayMs === undefined ? undefined : new Date(at.getTime() + delayMs)
      await deliveries.markFailed(delivery, { status: result.httpStatus, reason: result.reason }, retryAt, after)
      return before.disabledAt === null && after.disabledAt !== null ? after : undefined
    })
  }

  private signed({ dialect, url, body, signKey }: Delivery): SignedEvent {
    if (signKey === '') return { body, headers: {} }
    return this.renderer.sign(dialect, body, { key: signKey, url, nowMs: this.clock.nowMs() })
  }
}

/** Both ways to record go by the attempt, so that one that was stored although its answer was lost does nothing again. */
async function insist<Recorded>(record: () => Promise<Recorded>): Promise<Recorded> {
  for (let tries = 1; tries < recordTries; tries += 1) {
    try {
      return await record()
    } catch {
      await wait(recordPauseMs)
    }
  }
  return record()
}
