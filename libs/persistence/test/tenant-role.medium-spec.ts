import { mainSubApp, type SubAppId } from '@libs/kernel'
import { aMedia, testDatabase } from '@libs/testing'
import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { migrations } from '../../../migrations'
import { checkRoles } from '../src/check-roles'
import { createDataSource } from '../src/data-source'
import { migrateDatabase } from '../src/migrate-database'
import { PostgresSubAppWork, PostgresUnitOfWork } from '../src/postgres-unit-of-work'
import { Keyring } from '../src/secrets/keyring'

/** As on managed servers: the database is the login's own, the server is not. */
it('an owner without rights over roles is told what to ask for, and is then held to his own walls', async () => {
  const database = await testDatabase()
  const login = `owner_${randomBytes(8).toString('hex')}`
  const url = new URL(database.url)
  url.username = login
  url.password = randomBytes(8).toString('hex')
  const admin = new Client({ connectionString: database.url })
  await admin.connect()
  try {
    await admin.query(`create role ${login} login password '${url.password}'`)
    await admin.query(`alter database ${new URL(database.url).pathname.slice(1)} owner to ${login}`)
    const asked = await migrateDatabase(url.href, migrations).catch((thrown: unknown) => String(thrown))
    const [, statements = ''] = /has to run: (.*)$/.exec(String(asked)) ?? []
    const create = 'create role stillflow_tenant nologin;'
    const grants = ` grant stillflow_tenant to ${login}; grant usage on schema public to stillflow_tenant;`
    expect(statements).toBe(`${create}${grants}`)
    // Other databases of this server may have had the role made.
    await admin.query(`do $$ begin ${create} exception when duplicate_object or unique_violation then null; end $$`)
    await admin.query(grants)
    await migrateDatabase(url.href, migrations)

    const dataSource = await createDataSource({ url: url.href, poolSize: 1 }).initialize()
    try {
      const keyring = new Keyring([randomBytes(32)])
      const [house, work] = [new PostgresUnitOfWork(dataSource, keyring), new PostgresSubAppWork(dataSource, keyring)]
      const [mine, other] = [aMedia({ subAppId: mainSubApp }), aMedia({ subAppId: 7 as SubAppId })]
      for (const media of [mine, other]) await work.run(media.subAppId, (stores) => stores.media.insert(media))
      const seen = await work.run(mainSubApp, async ({ media }) => [
        await media.findOfRun(mine.id),
        await media.findOfRun(other.id),
      ])
      expect(seen).toEqual([mine, undefined])
      expect(await house.stores.media.findOfRun(other.id)).toEqual(other)

      await checkRoles(dataSource)
      await admin.query(`revoke stillflow_tenant from ${login}`)
      await expect(checkRoles(dataSource)).rejects.toThrow(`has to run: grant stillflow_tenant to ${login};`)
      await admin.query(`alter table media owner to current_user`)
      await expect(checkRoles(dataSource)).rejects.toThrow(
        new RegExp(`has to run: grant \\S+ to ${login}; grant stillflow_tenant to ${login};`),
      )
    } finally {
      await dataSource.destroy()
    }
  } finally {
    await admin.query(
      `drop owned by ${login} cascade; alter database ${new URL(database.url).pathname.slice(1)} owner to current_user`,
    )
    await admin.query(`drop owned by ${login} cascade; drop role ${login}`)
    await admin.end()
    await database.drop()
  }
})
