import { setTimeout as wait } from 'node:timers/promises'
import { type DataSource, MigrationExecutor, type MixedList, QueryFailedError } from 'typeorm'
import { createDataSource } from './data-source'

/** While the product goes on: a lock is had between two of its transactions, or at a later try. */
const betweenTriesMs = 200
const triesLimitMs = 300_000
const lockNotAvailable = '55P03'

/**
 * Brings a database's schema up to date; processes that start together wait for one another. What the product does meanwhile
 * goes before: a migration that waits for a lock for half a second begins again, for 5 minutes at most.
 * @returns the names of the migrations that ran
 */
export async function migrateDatabase(
  url: string,
  migrations: MixedList<new () => object>,
): Promise<readonly string[]> {
  const dataSource = createDataSource({ url, migrations, poolSize: 2, waiting: 'migration' })
  await dataSource.initialize()
  const lock = dataSource.createQueryRunner()
  try {
    await lock.query('set lock_timeout = 0')
    await lock.query(`select pg_advisory_lock(hashtext('stillflow migrations'))`)
    return await runAll(dataSource)
  } finally {
    await lock.release()
    await dataSource.destroy()
  }
}

async function runAll(dataSource: DataSource): Promise<readonly string[]> {
  const pending = await new MigrationExecutor(dataSource).getPendingMigrations()
  const giveUpAtMs = performance.now() + triesLimitMs
  for (;;) {
    try {
      await dataSource.runMigrations({ transaction: 'each' })
      return pending.map(({ name }) => name)
    } catch (thrown) {
      if (!isLockedOut(thrown) || performance.now() > giveUpAtMs) throw thrown
      await wait(betweenTriesMs)
    }
  }
}

function isLockedOut(thrown: unknown): boolean {
  return thrown instanceof QueryFailedError && Reflect.get(thrown.driverError, 'code') === lockNotAvailable
}
