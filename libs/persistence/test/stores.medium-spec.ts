import {
  catalogueStoresContract,
  deliveryStoreContract,
  eventStoreContract,
  mediaStoreContract,
  runAbortsContract,
  runHistoryContract,
  runStoreContract,
  testDatabase,
  type TestDatabase,
} from '@libs/testing'
import type { DataSource } from 'typeorm'
import { migrations } from '../../../migrations'
import { createDataSource } from '../src/data-source'
import { PostgresUnitOfWork } from '../src/postgres-unit-of-work'

describe('on PostgreSQL', () => {
  let database: TestDatabase
  let dataSource: DataSource

  beforeAll(async () => {
    database = await testDatabase()
    dataSource = await createDataSource({ url: database.url, migrations, poolSize: 4 }).initialize()
    await dataSource.runMigrations()
  })

  afterAll(async () => {
    await dataSource.destroy()
    await database.drop()
  })

  async function openEmpty(): Promise<PostgresUnitOfWork> {
    const tables = dataSource.entityMetadatas.map(({ tableName }) => tableName)
    await dataSource.query(`truncate ${tables.join(', ')}`)
    return new PostgresUnitOfWork(dataSource)
  }

  describe('the store of runs', () => runStoreContract(openEmpty))
  describe('the store of runs that are to be aborted', () => runAbortsContract(openEmpty))
  describe('the store of media', () => mediaStoreContract(openEmpty))
  describe('the history of runs', () => runHistoryContract(openEmpty))
  describe('the stores of templates, procedures, media and keys', () => catalogueStoresContract(openEmpty))
  describe('the store of events', () => eventStoreContract(openEmpty))
  describe('the store of deliveries', () => deliveryStoreContract(openEmpty))
})
