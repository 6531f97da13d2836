import {
  catalogueStoresContract,
  deliveryStoreContract,
  eventStoreContract,
  runAbortsContract,
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
    await dataSource.query(
      'truncate access_key, template, procedure, media, run, session, task, event, delivery, pull_event, event_config, endpoint',
    )
    return new PostgresUnitOfWork(dataSource)
  }

  describe('the store of runs', () => runStoreContract(openEmpty))
  describe('the store of runs that are to be aborted', () => runAbortsContract(openEmpty))
  describe('the stores of templates, procedures, media and keys', () => catalogueStoresContract(openEmpty))
  describe('the store of events', () => eventStoreContract(openEmpty))
  describe('the store of deliveries', () => deliveryStoreContract(openEmpty))
})
