import type { DataSource } from 'typeorm'
import { checkRoles } from './check-roles'
import { createDataSource } from './data-source'
import { DatabaseClock } from './database-clock'
import { DatabaseProbe } from './database-probe'
import { checkSecrets } from './secrets/keep-secrets'
import type { Keyring } from './secrets/keyring'

export interface DatabaseFacts {
  /** PostgreSQL's, such as `17.5`. */
  readonly version: string
  /** How far its clock is ahead of this machine's. */
  readonly aheadMs: number
  /** What is wrong with it, in sentences. */
  readonly findings: readonly string[]
}

/**
 * Looks at everything that the apps want of their database, for whoever sets one up.
 * @param migrationNames those that this code relies on
 * @throws Error when there is no answer
 */
export async function examineDatabase(
  url: string,
  keyring: Keyring,
  migrationNames: readonly string[],
): Promise<DatabaseFacts> {
  const dataSource = await createDataSource({ url, poolSize: 2, waiting: 'caller' }).initialize()
  const clock = new DatabaseClock(dataSource)
  try {
    await clock.start()
    const [row] = await dataSource.query<{ server_version: string }[]>('show server_version')
    const findings = await findingsIn(dataSource, keyring, migrationNames)
    return { version: row?.server_version ?? 'unknown', aheadMs: clock.nowMs() - Date.now(), findings }
  } finally {
    clock.stop()
    await dataSource.destroy()
  }
}

/** What comes later needs what comes before. */
async function findingsIn(
  dataSource: DataSource,
  keyring: Keyring,
  migrationNames: readonly string[],
): Promise<readonly string[]> {
  if (!(await hasSchema(dataSource))) return ['it has no schema; run the migrations']
  const unready = await new DatabaseProbe(dataSource, migrationNames).look()
  if (unready.length > 0) return unready
  const checks = [checkRoles(dataSource), checkSecrets(dataSource, keyring)]
  return (await Promise.all(checks.map(complaintOf))).flat()
}

async function hasSchema(dataSource: DataSource): Promise<boolean> {
  const [row] = await dataSource.query<{ found: boolean }[]>(
    `select to_regclass('schema_migration') is not null as found`,
  )
  return row?.found === true
}

async function complaintOf(check: Promise<void>): Promise<readonly string[]> {
  return check.then(
    () => [],
    (thrown: unknown) => [thrown instanceof Error ? thrown.message : String(thrown)],
  )
}
