import { testDatabase, type TestDatabase } from '@libs/testing'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import type { DataSource, QueryRunner } from 'typeorm'
import { migrations } from '../../../migrations'
import { createDataSource } from '../src/data-source'
import { migrateDatabase } from '../src/migrate-database'

describe('the migrations', () => {
  let database: TestDatabase
  let dataSource: DataSource

  beforeAll(async () => {
    database = await testDatabase()
    dataSource = await createDataSource({ url: database.url, migrations, poolSize: 2 }).initialize()
  })

  afterAll(async () => {
    await dataSource.destroy()
    await database.drop()
  })

  async function drift(): Promise<readonly string[]> {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log()
    return upQueries.map(({ query }) => query)
  }

  it('make exactly the schema that the entities describe', async () => {
    await dataSource.runMigrations({ transaction: 'each' })
    expect(await drift()).toEqual([])
  })

  it('can all be taken back and made again', async () => {
    let left = migrations.length
    while (left-- > 0) await dataSource.undoLastMigration({ transaction: 'each' })
    const tables = await dataSource.query<unknown[]>(
      `select table_name from information_schema.tables where table_schema = 'public' and table_name <> 'schema_migration'`,
    )
    expect(tables).toEqual([])
    await dataSource.runMigrations({ transaction: 'each' })
    expect(await drift()).toEqual([])
  })

  it('run once when several processes start together', async () => {
    const fresh = await testDatabase()
    const ran = await Promise.all([1, 2, 3].map(() => migrateDatabase(fresh.url, migrations)))
    expect(ran.flat()).toHaveLength(migrations.length)
    await fresh.drop()
  })

  it('give way to a transaction that would end in a deadlock with them', async () => {
    const fresh = await testDatabase()
    const [client, other] = [new Client({ connectionString: fresh.url }), new Client({ connectionString: fresh.url })]
    await Promise.all([client.connect(), other.connect()])
    await client.query('create table one (); create table two ()')
    class ChangeBoth1795000000000 {
      async up(runner: QueryRunner): Promise<void> {
        await runner.query('alter table one add column a text')
        await runner.query('alter table two add column a text')
      }
      down = () => Promise.resolve()
    }
    await client.query('begin; lock table two in row share mode')
    const migrated = migrateDatabase(fresh.url, [ChangeBoth1795000000000])
    const waits = `select 1 from pg_locks where not granted and relation = 'two'::regclass`
    for (let rows = 0; rows === 0; rows = (await other.query(waits)).rows.length) await wait(20)
    // By now PostgreSQL has looked whether what the migration waits for waits for the migration.
    await wait(1_200)
    await client.query('select from one')
    await client.query('commit')
    expect(await migrated).toEqual(['ChangeBoth1795000000000'])
    await Promise.all([client.end(), other.end()])
    await fresh.drop()
  })

  it('may take as long as large tables do, but to have a lock, and wait for another that does', async () => {
    const fresh = await testDatabase()
    const limits: unknown[] = []
    class AskLimits1795000000000 {
      async up(runner: QueryRunner): Promise<void> {
        const names = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']
        const columns = names.map((name) => `current_setting('${name}') as ${name}`)
        limits.push(await runner.query(`select ${columns.join(', ')}`))
        await runner.query('select pg_sleep(0.7)')
      }
      down = () => Promise.resolve()
    }
    const ran = [1, 2].map(() => migrateDatabase(fresh.url, [AskLimits1795000000000]))
    await Promise.all(ran)
    const long = { statement_timeout: '0', lock_timeout: '500ms', idle_in_transaction_session_timeout: '0' }
    expect(limits).toEqual([[long]])
    await fresh.drop()
  })
})
