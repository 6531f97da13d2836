import { testDatabase } from '@libs/testing'
import { randomBytes } from 'node:crypto'
import type { DataSource } from 'typeorm'
import { migrations } from '../../../migrations'
import { createDataSource } from '../src/data-source'
import { PostgresSubAppWork, PostgresUnitOfWork } from '../src/postgres-unit-of-work'
import { Keyring } from '../src/secrets/keyring'

export interface OpenDatabase {
  readonly url: string
  readonly dataSource: DataSource
  readonly keyring: Keyring
  readonly unitOfWork: PostgresUnitOfWork
  readonly subAppWork: PostgresSubAppWork
  close(): Promise<void>
}

/** A new database with the schema of now. */
export async function openDatabase(poolSize = 2, waiting: 'caller' | 'loop' = 'loop'): Promise<OpenDatabase> {
  const { url, drop } = await testDatabase()
  const dataSource = await createDataSource({ url, migrations, poolSize, waiting }).initialize()
  await dataSource.runMigrations()
  const keyring = new Keyring([randomBytes(32)])
  const close = async (): Promise<void> => {
    await dataSource.destroy()
    await drop()
  }
  const unitOfWork = new PostgresUnitOfWork(dataSource, keyring)
  const subAppWork = new PostgresSubAppWork(dataSource, keyring)
  return { url, dataSource, keyring, unitOfWork, subAppWork, close }
}
