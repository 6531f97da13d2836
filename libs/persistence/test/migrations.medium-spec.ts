import { testDatabase, type TestDatabase } from '@libs/testing'
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

  it('may take as long as large tables do, and wait for another that does', async () => {
    const fresh = await testDatabase()
    const limits: unknown[] = []
    class AskLimits1795000000000 {
      async up(runner: QueryRunner): Promise<void> {
        const names = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']
        const columns = names.map((name) => `current_setting('${name}') as ${name}`)
        limits.push(await runner.query(`select ${columns.join(', ')}`))
      }
      down = () => Promise.resolve()
    }
    await migrateDatabase(fresh.url, [AskLimits1795000000000])
    const none = { statement_timeout: '0', lock_timeout: '0', idle_in_transaction_session_timeout: '0' }
    expect(limits).toEqual([[none]])
    await fresh.drop()
  })
})
