import type { Clock, SubAppId } from '@libs/kernel'
import type { Doorbell } from '../ports/doorbell.port'
import type { SubAppWork } from '../ports/stores/unit-of-work.port'
import type { PulledEvent } from './event'

export interface PullEventsCommand {
  readonly subAppId: SubAppId
  readonly limit: number
  /** How long to wait for a first event. */
  readonly waitMs: number
  /** How long the events are hidden from other pullers; unconfirmed, they come back then. */
  readonly visibilityMs: number
}

const lookEveryMs = 500

/** Long polling without holding a connection: between looks it only listens. */
export class PullEvents {
  constructor(
    private readonly work: SubAppWork,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
  ) {}

  async execute({ subAppId, limit, waitMs, visibilityMs }: PullEventsCommand): Promise<readonly PulledEvent[]> {
    const deadlineMs = this.clock.nowMs() + waitMs
    for (;;) {
      const nowMs = this.clock.nowMs()
      const visibleAt = new Date(nowMs + visibilityMs)
      const pulled = await this.work.run(subAppId, ({ events }) =>
        events.pull(subAppId, limit, new Date(nowMs), visibleAt),
      )
      const leftMs = deadlineMs - this.clock.nowMs()
      if (pulled.length > 0 || leftMs <= 0) return pulled
      await this.bellOr(Math.min(leftMs, lookEveryMs))
    }
  }

  private bellOr(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        stop()
        resolve()
      }
      const timer = setTimeout(done, ms)
      const stop = this.doorbell.listen('events', done)
    })
  }
}
