import { queueBackends, testRedisUrl } from '@libs/testing'
import { setTimeout as wait } from 'node:timers/promises'
import { connectLimits } from '../src/limits-redis'
import { SharedRateLimiter } from '../src/shared-rate-limiter'

const rules = { factor: 1, perSecond: { Rare: 2 } }
const connections: ReturnType<typeof connectLimits>[] = []

function open(redisUrl?: string, limits: typeof rules | 'off' = rules): SharedRateLimiter {
  if (redisUrl === undefined) return new SharedRateLimiter(limits, undefined)
  const redis = connectLimits(redisUrl)
  connections.push(redis)
  return new SharedRateLimiter(limits, redis)
}

/** How many of so many calls are let through, one by each in turn. */
async function letThrough(by: readonly SharedRateLimiter[], calls: number, action: string, perSecond: number) {
  let taken = 0
  for (let call = 0; call < calls; call += 1) {
    if (await by[call % by.length]?.take('me', action, perSecond)) taken += 1
  }
  return taken
}

afterEach(() => {
  for (const redis of connections.splice(0)) redis.disconnect()
})

describe('SharedRateLimiter', () => {
  it('counts by itself without Redis, by caller and action', async () => {
    const limiter = open()
    expect(await letThrough([limiter], 10, 'Often', 3)).toBe(3)
    expect(await limiter.take('you', 'Often', 3)).toBe(true)
    expect(await limiter.take('me', 'Other', 3)).toBe(true)
    expect(await letThrough([limiter], 10, 'Rare', 5)).toBe(2)
  })

  it('lets everything through when it is off', async () => {
    expect(await letThrough([open(undefined, 'off')], 50, 'Often', 1)).toBe(50)
  })

  it('goes on by itself, and at once, when Redis does not answer', async () => {
    const limiter = open('redis://127.0.0.1:1')
    const startedMs = Date.now()
    expect(await letThrough([limiter], 10, 'Often', 3)).toBe(3)
    expect(Date.now() - startedMs).toBeLessThan(900)
  })
})

const onRedis = queueBackends().includes('redis') ? it : it.skip
onRedis('two processes share one limit through Redis', async () => {
  const [one, other] = [open(testRedisUrl()), open(testRedisUrl())]
  const givenUpAtMs = Date.now() + 5_000
  // Until both are connected each counts by itself.
  for (let round = 0; (await one.take('me', `${round}`, 1)) && (await other.take('me', `${round}`, 1)); round += 1) {
    if (Date.now() > givenUpAtMs) throw new Error('They never shared a limit.')
    await wait(10)
  }
  // A second may end in between, and the count begin anew.
  expect([4, 8]).toContain(await letThrough([one, other], 12, 'Shared', 4))
})
