import type { RedisConnection } from '@libs/redis'
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'

export type Counter = RateLimiterMemory | RateLimiterRedis

interface Window {
  readonly keyPrefix: string
  readonly points: number
  /** In seconds. */
  readonly duration: number
}

/** Counts in Redis for all processes; without Redis, or while it does not answer, in this one. */
export function openCounter(window: Window, redis: RedisConnection | undefined): Counter {
  const own = new RateLimiterMemory(window)
  if (redis === undefined) return own
  return new RateLimiterRedis({ ...window, storeClient: redis, rejectIfRedisNotReady: true, insuranceLimiter: own })
}
