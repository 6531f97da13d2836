import { MemoryUnitOfWork, queueBackends } from '@libs/testing'
import { once } from 'node:events'
import { type RedisClusterService, startRedisCluster } from '../../../test/services/start-redis-cluster'
import { connectLimits } from '../src/limits-redis'
import { SharedFirstSeen } from '../src/shared-first-seen'
import { SharedRateLimiter } from '../src/shared-rate-limiter'

// A machine without redis-server has none to make a cluster of.
const onCluster = queueBackends().includes('redis') ? it : it.skip

let cluster: RedisClusterService | undefined
afterAll(() => cluster?.stop())

onCluster('two processes share limits and first times through a Redis Cluster', async () => {
  cluster = await startRedisCluster()
  const connections = [connectLimits(cluster?.url ?? ''), connectLimits(cluster?.url ?? '')]
  await Promise.all(connections.map((redis) => once(redis, 'ready')))
  const [one, other] = connections.map((redis) => new SharedFirstSeen(redis, new MemoryUnitOfWork()))
  const limiters = connections.map((redis) => new SharedRateLimiter({ factor: 1, perSecond: {} }, redis))
  // The keys fall on all of the nodes.
  for (let each = 0; each < 10; each += 1) {
    await one?.note(`digest-${each}`, 1_000, 60_000)
    expect(await other?.note(`digest-${each}`, 2_000, 60_000)).toBe(1_000)
    expect(await limiters[0]?.take(`caller-${each}`, 'Act', 1)).toBe(true)
    expect(await limiters[1]?.take(`caller-${each}`, 'Act', 1)).toBe(false)
  }
  await cluster?.nodes[0]?.stop()
  const startedMs = Date.now()
  for (let each = 0; each < 10; each += 1) await limiters[0]?.take(`caller-${each}`, 'Later', 100)
  expect(Date.now() - startedMs).toBeLessThan(1_500)
  connections.forEach((redis) => redis.disconnect())
})
