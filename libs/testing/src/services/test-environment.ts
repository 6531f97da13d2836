import { readEnv } from '@libs/kernel'
import { z } from 'zod'

const environment = {
  TEST_DATABASE_URL: z.url({ error: 'only medium and e2e tests have a database' }),
  TEST_REDIS_URL: z.url().optional(),
  JEST_WORKER_ID: z.string().default('1'),
}

/** What the test run's set-up published: services, and which of jest's workers this process is. */
export function testEnvironment(): { databaseUrl: string; redisUrl: string | undefined; workerId: string } {
  const settings = readEnv(environment)
  return {
    databaseUrl: settings.TEST_DATABASE_URL,
    redisUrl: settings.TEST_REDIS_URL,
    workerId: settings.JEST_WORKER_ID,
  }
}
