import { Redis } from 'ioredis'
import { startRedis } from '../../../test/services/start-redis'
import type { Service } from '../../../test/services/started-services'
import { redisCheck } from '../src/checks/redis-check'
import { Readiness } from '../src/readiness'

let server: Service | undefined
beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server?.stop())

it('a Redis is judged by how it is set now, and by whether it answers', async () => {
  // A machine without redis-server runs nothing on Redis.
  if (server === undefined) return
  const check = redisCheck(server.url, 'broken')
  const { look } = check
  const admin = new Redis(server.url)
  expect(await look()).toEqual([expect.stringContaining('appendonly')])
  expect((await new Readiness([check]).report()).status).toBe('degraded')
  await admin.config('SET', 'appendonly', 'yes')
  expect(await look()).toEqual([])
  await admin.config('SET', 'maxmemory-policy', 'allkeys-lru')
  expect(await look()).toEqual([expect.stringContaining('allkeys-lru')])
  // It would not end before its first log is whole.
  await admin.config('SET', 'appendonly', 'no')
  admin.disconnect()
  await server.stop()
  const { url } = server
  server = undefined
  await expect(redisCheck(url, 'degraded').look()).rejects.toThrow()
  expect((await new Readiness([check]).report()).status).toBe('broken')
})
