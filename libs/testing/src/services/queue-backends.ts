import { testEnvironment } from './test-environment'

export type QueueBackend = 'postgres' | 'redis'

/** The queue backends of this test run, for `describe.each(queueBackends())('on %s', …)`; the name is counted by it. */
export function queueBackends(): readonly QueueBackend[] {
  return testEnvironment().redisUrl === undefined ? ['postgres'] : ['postgres', 'redis']
}

/**
 * The Redis database of this jest worker; set-up empties it before and after each test file.
 * @throws Error when the test run has no Redis: ask `queueBackends` first
 */
export function testRedisUrl(): string {
  const { redisUrl, workerId } = testEnvironment()
  if (redisUrl === undefined) throw new Error('This test run has no Redis; ask queueBackends() first.')
  const url = new URL(redisUrl)
  url.pathname = `/${workerId}`
  return url.href
}
