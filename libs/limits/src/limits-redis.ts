import { openRedis, type RedisConnection } from '@libs/redis'

/** A call is not held up for longer than this to be counted; then the process counts by itself. */
const answerMs = 50

/** A connection that fails fast: what is asked of it can be done without. */
export function connectLimits(url: string): RedisConnection {
  const redis = openRedis(url, {
    enableOfflineQueue: false,
    commandTimeout: answerMs,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) => Math.min(100 * times, 1_000),
  })
  // Whoever needs Redis says that it is away; here nothing stops.
  redis.on('error', () => undefined)
  return redis
}
