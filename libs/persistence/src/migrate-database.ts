import type { MixedList } from 'typeorm'
import { createDataSource } from './data-source'

/**
 * Brings a database's schema up to date; processes that start together wait for one another.
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
    await lock.query(`select pg_advisory_lock(hashtext('stillflow migrations'))`)
    const ran = await dataSource.runMigrations({ transaction: 'each' })
    return ran.map(({ name }) => name)
  } finally {
    await lock.release()
    await dataSource.destroy()
  }
}
