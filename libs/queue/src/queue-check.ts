import { type Check, redisCheck } from '@libs/health'
import { Client } from 'pg'
import type { QueueSettings } from './queue.env'

const answerMs = 1_500

/** Whether the queue answers a new connection, and is set up as it has to be. */
export function queueCheck({ REDIS_URL, QUEUE_DATABASE_URL }: QueueSettings, means: Check['means']): Check {
  if (REDIS_URL !== undefined) return redisCheck(REDIS_URL, means)
  return { name: 'queue', means, look: () => askPostgres(QUEUE_DATABASE_URL) }
}

async function askPostgres(connectionString: string | undefined): Promise<readonly string[]> {
  const client = new Client({ connectionString, connectionTimeoutMillis: answerMs, query_timeout: answerMs })
  // What is wrong is in the rejection.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return []
  } finally {
    void client.end().catch(() => undefined)
  }
}
