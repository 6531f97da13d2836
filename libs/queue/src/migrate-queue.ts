import { runMigrations } from 'bullmq'
import { Client } from 'pg'
import { queueSchema } from './connect-queue'

/**
 * Prepares a PostgreSQL for the queue, in a schema of its own; repeating it changes nothing.
 * @param databaseUrl of a role that may create schemas (and roles, for the second parameter)
 * @param workerUrl makes the role that this URL names, with its password, able to use the queue and nothing else
 */
export async function migrateQueue(databaseUrl: string, workerUrl?: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await runMigrations(client, queueSchema)
    // The owner needs no grants, and must not lose its own rights.
    if (workerUrl !== undefined && new URL(workerUrl).username !== new URL(databaseUrl).username) {
      await grantQueue(client, new URL(workerUrl))
    }
  } finally {
    await client.end()
  }
}

async function grantQueue(client: Client, { username, password }: URL): Promise<void> {
  const role = client.escapeIdentifier(decodeURIComponent(username))
  const login = `login nosuperuser nocreatedb nocreaterole password ${client.escapeLiteral(decodeURIComponent(password))}`
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [decodeURIComponent(username)])
  await client.query(`${rowCount === 0 ? 'create' : 'alter'} role ${role} ${login}`)
  const inSchema = `in schema ${queueSchema}`
  const grants = [
    ['select, insert, update, delete', 'tables'],
    ['usage, select', 'sequences'],
    ['execute', 'functions'],
  ] as const
  await client.query(`grant usage on schema ${queueSchema} to ${role}`)
  for (const [rights, objects] of grants) {
    await client.query(`grant ${rights} on all ${objects} ${inSchema} to ${role}`)
    await client.query(`alter default privileges ${inSchema} grant ${rights} on ${objects} to ${role}`)
  }
  // PostgreSQL before 15 lets every role create tables there.
  await client.query('revoke create on schema public from public')
}
