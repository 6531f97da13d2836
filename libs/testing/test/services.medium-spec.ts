import { Client } from 'pg'
import { queueBackends, testDatabase, testRedisUrl } from '@libs/testing'

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql)
    return rows
  } finally {
    await client.end()
  }
}

describe('the services of a test run', () => {
  it('give each test file an empty database of its own, which is gone after drop', async () => {
    const [first, second] = await Promise.all([testDatabase(), testDatabase()])
    await query(first.url, 'create table mine (id int)')
    expect(await query(second.url, "select to_regclass('mine') as mine")).toEqual([{ mine: null }])
    await Promise.all([first.drop(), second.drop()])
    await expect(query(first.url, 'select 1')).rejects.toThrow(/does not exist/)
  })

  it('always have the PostgreSQL queue, and Redis with a database for this jest worker when they say so', () => {
    const backends = queueBackends()
    expect(backends[0]).toBe('postgres')
    if (backends.includes('redis')) expect(testRedisUrl()).toMatch(/^rediss?:\/\/.*\/\d+$/)
    else expect(testRedisUrl).toThrow(/queueBackends/)
  })
})
