import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { testEnvironment } from './test-environment'

export interface TestDatabase {
  readonly url: string
  /** Removes the database, ending whatever is still connected to it. */
  drop(): Promise<void>
}

/** A new, empty PostgreSQL database for one test file, on the server of this test run. */
export async function testDatabase(): Promise<TestDatabase> {
  const serverUrl = testEnvironment().databaseUrl
  const name = `test_${randomBytes(8).toString('hex')}`
  // template0 lets nobody in, so copies of it can be made by several test files at once.
  await command(serverUrl, `create database ${name} template template0`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: () => command(serverUrl, `drop database if exists ${name} with (force)`),
  }
}

async function command(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
