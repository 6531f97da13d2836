import { Redis } from 'ioredis'
import { startRedis } from '../../../test/services/start-redis'
import type { Service } from '../../../test/services/started-services'
import { redisCheck } from '../src/checks/redis-check'

let server: Service | undefined
beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server?.stop())

it('a Redis is judged by how it is set now, and by whether it answers', async () => {
  // A machine without redis-server runs nothing on Redis.
  if (server === undefined) return
  const { look } = redisCheck(server.url, 'degraded')
  const admin = new Redis(server.url)
  expect(await look()).toEqual([expect.stringContaining('appendonly')])
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
})
