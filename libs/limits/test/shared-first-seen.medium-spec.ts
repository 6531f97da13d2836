import { MemoryUnitOfWork, queueBackends, testRedisUrl } from '@libs/testing'
import { randomBytes } from 'node:crypto'
import { register } from 'prom-client'
import { connectLimits } from '../src/limits-redis'
import { SharedFirstSeen } from '../src/shared-first-seen'

const keptMs = 600_000
const nowMs = 1_795_000_000_000

async function skipped(): Promise<number> {
  const metric = await register.getSingleMetric('stillflow_replay_checks_skipped_total')?.get()
  return metric?.values[0]?.value ?? 0
}

describe.each(queueBackends())('SharedFirstSeen with %s', (backend) => {
  let redis: ReturnType<typeof connectLimits> | undefined

  beforeAll(async () => {
    if (backend !== 'redis') return
    const connection = connectLimits(testRedisUrl())
    await new Promise((ready) => connection.once('ready', ready))
    redis = connection
  })

  afterAll(() => redis?.disconnect())

  it('keeps the first time, for all who ask', async () => {
    const unitOfWork = new MemoryUnitOfWork()
    const [one, other] = [new SharedFirstSeen(redis, unitOfWork), new SharedFirstSeen(redis, unitOfWork)]
    const [digest, another] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')]
    expect(await one.note(digest, nowMs, keptMs)).toBe(nowMs)
    expect(await other.note(digest, nowMs + 5_000, keptMs)).toBe(nowMs)
    expect(await other.note(another, nowMs + 5_000, keptMs)).toBe(nowMs + 5_000)
    if (redis === undefined) expect(unitOfWork.tables.admitted.size).toBe(2)
    else expect(await redis.pttl(`stillflow:seen:${digest}`)).toBeGreaterThan(keptMs - 60_000)
  })
})

it('says that it cannot tell, and counts that, when Redis does not answer', async () => {
  const redis = connectLimits('redis://127.0.0.1:1')
  const before = await skipped()
  expect(await new SharedFirstSeen(redis, new MemoryUnitOfWork()).note('d', nowMs, keptMs)).toBeUndefined()
  expect(await skipped()).toBe(before + 1)
  redis.disconnect()
})
