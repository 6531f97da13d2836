import {
  catalogueStoresContract,
  deliveryStoreContract,
  eventStoreContract,
  mediaStoreContract,
  queuesContract,
  runAbortsContract,
  runHistoryContract,
  runStoreContract,
  runTurnsContract,
} from '@libs/testing'
import type { UnitOfWork } from '@libs/workflow'
import { type OpenDatabase, openDatabase } from './open-database'

describe('on PostgreSQL', () => {
  let database: OpenDatabase

  beforeAll(async () => {
    database = await openDatabase(4)
  })

  afterAll(async () => {
    await database.close()
  })

  async function openEmpty(): Promise<UnitOfWork> {
    const { dataSource, unitOfWork } = database
    const tables = dataSource.entityMetadatas.map(({ tableName }) => tableName)
    await dataSource.query(`truncate ${tables.join(', ')}`)
    return unitOfWork
  }

  describe('the store of runs', () => runStoreContract(openEmpty))
  describe('turns at the queue', () => runTurnsContract(openEmpty))
  describe('the store of runs that are to be aborted', () => runAbortsContract(openEmpty))
  describe('the named queues', () => queuesContract(openEmpty))
  describe('the store of media', () => mediaStoreContract(openEmpty))
  describe('the history of runs', () => runHistoryContract(openEmpty))
  describe('the stores of templates, procedures, media and keys', () => catalogueStoresContract(openEmpty))
  describe('the store of events', () => eventStoreContract(openEmpty))
  describe('the store of deliveries', () => deliveryStoreContract(openEmpty))
})
