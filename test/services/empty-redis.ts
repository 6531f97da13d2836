import { queueBackends, testRedisUrl } from '@libs/testing'
import { Redis } from 'ioredis'

// Before the file for a clean start after a killed run, after it so that a Redis of somebody else's is left as found.
beforeAll(emptyRedis)
afterAll(emptyRedis)

async function emptyRedis(): Promise<void> {
  if (!queueBackends().includes('redis')) return
  const redis = new Redis(testRedisUrl())
  await redis.flushdb()
  redis.disconnect()
}
