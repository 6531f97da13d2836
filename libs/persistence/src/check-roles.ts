import type { DataSource } from 'typeorm'
import { tenantRole } from './postgres-unit-of-work'

/**
 * Makes sure that the login sees all rows, and may act as the role that sees one sub-application's: on a database that was
 * restored, or that `migrate` prepared as somebody else, every call would fail or find nothing.
 * @throws Error with what an administrator has to run
 */
export async function checkRoles(dataSource: DataSource): Promise<void> {
  const [found] = await dataSource.query<{ login: string; owner: string; seesAll: boolean }[]>(
    `select quote_ident(current_user) as login, quote_ident(pg_get_userbyid(relowner)) as owner,
       pg_has_role(relowner, 'usage') as "seesAll"
     from pg_class where oid = to_regclass('media')`,
  )
  if (found === undefined) throw new Error('The database has no schema yet; run migrate.')
  const { login, owner, seesAll } = found
  const missing = [...(seesAll ? [] : [owner]), ...((await mayBeTenant(dataSource)) ? [] : [tenantRole])]
  if (missing.length === 0) return
  const statements = missing.map((role) => `grant ${role} to ${login};`)
  throw new Error(`An administrator of the database server has to run: ${statements.join(' ')}`)
}

async function mayBeTenant(dataSource: DataSource): Promise<boolean> {
  const [row] = await dataSource.query<unknown[]>(
    `select from pg_roles where rolname = $1 and pg_has_role(current_user, oid, 'member')`,
    [tenantRole],
  )
  return row !== undefined
}
