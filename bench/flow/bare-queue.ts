import { runMigrations } from 'bullmq'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { startEmbeddedPostgres } from '../../apps/standalone/src/postgres/embedded-postgres'

/** Runs the peer on the Redis that the product had, or on an embedded PostgreSQL such as the product has. */
export async function onBareQueue<Result>(
  redisUrl: string | undefined,
  work: (connection: string) => Promise<Result>,
): Promise<Result> {
  if (redisUrl !== undefined) return work(redisUrl)
  const dataDir = mkdtempSync(join(tmpdir(), 'stillflow-bench-bare-'))
  const postgres = await startEmbeddedPostgres({ dataDir })
  try {
    const client = new Client({ connectionString: postgres.url })
    await client.connect()
    await runMigrations(client, 'bullmq')
    await client.end()
    return await work(postgres.url)
  } finally {
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
