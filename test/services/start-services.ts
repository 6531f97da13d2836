import { readEnv } from '@libs/kernel'
import { Redis } from 'ioredis'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { startEmbeddedPostgres } from '../../apps/standalone/src/postgres/embedded-postgres'
import { startRedis } from './start-redis'
import { keep, stopServices } from './started-services'
import type { Service } from './started-services'

/**
 * Gives medium and e2e tests their PostgreSQL (DATABASE_URL, else an embedded one) and, when there is one, their Redis
 * (REDIS_URL, else a `redis-server` on PATH), and publishes them as TEST_DATABASE_URL and TEST_REDIS_URL.
 */
export default async function startServices({ maxWorkers }: { maxWorkers: number }): Promise<void> {
  try {
    await publishServices(maxWorkers)
  } catch (error) {
    // Jest runs no tear-down after a set-up that failed.
    await stopServices()
    throw error
  }
}

async function publishServices(maxWorkers: number): Promise<void> {
  const given = readEnv({ DATABASE_URL: z.url().optional(), REDIS_URL: z.url().optional() })
  process.env['TEST_DATABASE_URL'] = given.DATABASE_URL ?? keep(await startPostgres()).url
  if (given.REDIS_URL !== undefined) {
    await assertEmpty(given.REDIS_URL, maxWorkers)
    process.env['TEST_REDIS_URL'] = given.REDIS_URL
    return
  }
  const redis = await startRedis()
  if (redis !== undefined) process.env['TEST_REDIS_URL'] = keep(redis).url
}

async function startPostgres(): Promise<Service> {
  const folder = await mkdtemp(join(tmpdir(), 'stillflow-postgres-'))
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), durable: false })
  return {
    url: postgres.url,
    stop: async () => {
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Tests empty the databases they use, one for each jest worker; nobody's data may be there. */
async function assertEmpty(url: string, maxWorkers: number): Promise<void> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1 })
  try {
    for (let database = 1; database <= maxWorkers; database += 1) {
      await redis.select(database)
      if ((await redis.dbsize()) > 0) {
        throw new Error(`REDIS_URL: the tests use and empty database ${database}, but it holds keys already.`)
      }
    }
  } finally {
    redis.disconnect()
  }
}
