import { RateLimiter } from '@libs/workflow'
import { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { RateLimitSettings, RateRules } from './limits.env'

const everySeconds = 1

/** A call is not held up for longer than this to be counted; then the process counts by itself. */
const answerMs = 50

/** Counts calls by the second. */
export class SharedRateLimiter extends RateLimiter {
  private readonly rules: RateRules | undefined
  private readonly redis: Redis | undefined
  private readonly limiters = new Map<number, RateLimiterMemory | RateLimiterRedis>()

  constructor({ REDIS_URL, RATE_LIMITS }: RateLimitSettings) {
    super()
    if (RATE_LIMITS === 'off') return
    this.rules = RATE_LIMITS
    if (REDIS_URL === undefined) return
    this.redis = new Redis(REDIS_URL, {
      enableOfflineQueue: false,
      commandTimeout: answerMs,
      maxRetriesPerRequest: 0,
      retryStrategy: (times) => Math.min(100 * times, 1_000),
    })
    // Whoever needs Redis says that it is away; here nothing stops.
    this.redis.on('error', () => undefined)
  }

  override async take(who: string, action: string, perSecond: number): Promise<boolean> {
    if (this.rules === undefined) return true
    const { factor, perSecond: changed } = this.rules
    const points = Math.max(1, Math.round(changed[action] ?? perSecond * factor))
    try {
      await this.limiterOf(points).consume(`${action}:${who}`)
      return true
    } catch (thrown) {
      if (thrown instanceof RateLimiterRes) return false
      throw thrown
    }
  }

  /** Ends its connection. */
  close(): void {
    this.redis?.disconnect()
  }

  private limiterOf(points: number): RateLimiterMemory | RateLimiterRedis {
    const known = this.limiters.get(points)
    if (known !== undefined) return known
    const own = new RateLimiterMemory({ points, duration: everySeconds })
    const limiter =
      this.redis === undefined
        ? own
        : new RateLimiterRedis({
            storeClient: this.redis,
            keyPrefix: 'stillflow:calls',
            points,
            duration: everySeconds,
            rejectIfRedisNotReady: true,
            insuranceLimiter: own,
          })
    this.limiters.set(points, limiter)
    return limiter
  }
}
