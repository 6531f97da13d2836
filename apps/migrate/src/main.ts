import { readEnv, runApp } from '@libs/kernel'
import { databaseEnv, migrateDatabase } from '@libs/persistence'
import { migrateQueue, queueEnv } from '@libs/queue'
import { migrations } from '../../../migrations'

/** Prepares the database and, when the queue is in PostgreSQL too, the queue's schema and the workers' role. */
async function migrate(): Promise<void> {
  const { DATABASE_URL, REDIS_URL, QUEUE_DATABASE_URL } = readEnv({ ...databaseEnv, ...queueEnv })
  const ran = await migrateDatabase(DATABASE_URL, migrations)
  if (REDIS_URL === undefined) await migrateQueue(DATABASE_URL, QUEUE_DATABASE_URL)
  process.stdout.write(`${JSON.stringify({ level: 'info', msg: 'The schema is up to date.', ran })}\n`)
}

runApp(migrate)
