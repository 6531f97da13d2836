import { queueBackends, testRedisUrl } from '@libs/testing'
import { connectLimits } from '../src/limits-redis'
import { SharedFailedAuth } from '../src/shared-failed-auth'

const connections: ReturnType<typeof connectLimits>[] = []

afterEach(() => {
  for (const redis of connections.splice(0)) redis.disconnect()
})

async function fail(failedAuth: SharedFailedAuth, times: number, address: string, secretId?: string) {
  for (let time = 0; time < times; time += 1) await failedAuth.note(address, secretId)
}

const refused = (failedAuth: SharedFailedAuth, ...who: Parameters<SharedFailedAuth['refuse']>) => {
  try {
    failedAuth.refuse(...who)
    return undefined
  } catch (thrown) {
    return thrown
  }
}
const tooOften = expect.objectContaining({ code: 'auth.tooOften' }) as unknown

describe('SharedFailedAuth', () => {
  it('has had enough of an address after so many failures, and of no other', async () => {
    const failedAuth = new SharedFailedAuth(3, undefined)
    await fail(failedAuth, 2, '192.0.2.1')
    expect(refused(failedAuth, '192.0.2.1')).toBeUndefined()
    await fail(failedAuth, 1, '192.0.2.1')
    expect(refused(failedAuth, '192.0.2.1')).toEqual(tooOften)
    expect(refused(failedAuth, '::ffff:192.0.2.1')).toEqual(tooOften)
    expect(refused(failedAuth, '192.0.2.2')).toBeUndefined()
  })

  it('takes all addresses of an IPv6 client for one', async () => {
    const failedAuth = new SharedFailedAuth(2, undefined)
    await fail(failedAuth, 1, '2001:db8:1:2::1')
    await fail(failedAuth, 1, '2001:db8:1:2:ffff::2')
    expect(refused(failedAuth, '2001:db8:1:2:3::4')).toEqual(tooOften)
    expect(refused(failedAuth, '2001:db8:1:3::1')).toBeUndefined()
  })

  it('has had enough of a key that many addresses try, and lets its owner in', async () => {
    const failedAuth = new SharedFailedAuth(3, undefined)
    for (const last of [1, 2, 3]) await fail(failedAuth, 1, `192.0.2.${last}`, 'AKID')
    expect(refused(failedAuth, '192.0.2.1', 'AKID')).toEqual(tooOften)
    expect(refused(failedAuth, '192.0.2.1', 'OTHER')).toBeUndefined()
    expect(refused(failedAuth, '198.51.100.7', 'AKID')).toBeUndefined()
  })

  it('counts nothing when it is off', async () => {
    const failedAuth = new SharedFailedAuth(0, undefined)
    await fail(failedAuth, 100, '192.0.2.1', 'AKID')
    expect(refused(failedAuth, '192.0.2.1', 'AKID')).toBeUndefined()
  })

  it('counts by itself, and at once, when Redis does not answer', async () => {
    const redis = connectLimits('redis://127.0.0.1:1')
    connections.push(redis)
    const failedAuth = new SharedFailedAuth(3, redis)
    const startedMs = Date.now()
    await fail(failedAuth, 3, '192.0.2.1')
    expect(refused(failedAuth, '192.0.2.1')).toEqual(tooOften)
    expect(Date.now() - startedMs).toBeLessThan(900)
  })
})

const onRedis = queueBackends().includes('redis') ? it : it.skip
onRedis('a process learns with its first failure what was counted by another', async () => {
  const [one, other] = [connectLimits(testRedisUrl()), connectLimits(testRedisUrl())]
  connections.push(one, other)
  await Promise.all([one, other].map((redis) => new Promise((ready) => redis.once('ready', ready))))
  const [here, there] = [new SharedFailedAuth(3, one), new SharedFailedAuth(3, other)]
  await fail(here, 2, '203.0.113.9')
  expect(refused(there, '203.0.113.9')).toBeUndefined()
  await fail(there, 1, '203.0.113.9')
  expect(refused(there, '203.0.113.9')).toEqual(tooOften)
})
