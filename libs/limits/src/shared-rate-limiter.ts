import { RateLimiter } from '@libs/workflow'
import type { RedisConnection } from '@libs/redis'
import { RateLimiterRes } from 'rate-limiter-flexible'
import { type Counter, openCounter } from './counter'
import type { RateRules } from './limits.env'

const everySeconds = 1

/** Counts calls by the second. */
export class SharedRateLimiter extends RateLimiter {
  private readonly counters = new Map<number, Counter>()

  constructor(
    private readonly rules: RateRules | 'off',
    private readonly redis: RedisConnection | undefined,
  ) {
    super()
  }

  override async take(who: string, action: string, perSecond: number): Promise<boolean> {
    if (this.rules === 'off') return true
    const { factor, perSecond: changed } = this.rules
    const points = Math.max(1, Math.round(changed[action] ?? perSecond * factor))
    try {
      await this.counterOf(points).consume(`${action}:${who}`)
      return true
    } catch (thrown) {
      if (thrown instanceof RateLimiterRes) return false
      throw thrown
    }
  }

  private counterOf(points: number): Counter {
    const known = this.counters.get(points)
    if (known !== undefined) return known
    const counter = openCounter({ keyPrefix: 'stillflow:calls', points, duration: everySeconds }, this.redis)
    this.counters.set(points, counter)
    return counter
  }
}
