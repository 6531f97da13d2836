import { mainSubApp, type MediaId, newEventId, newMediaId, newWebhookId, type RunId, type SubAppId } from '@libs/kernel'
import { pictureDefaults } from '@libs/tasks'
import { aMedia, aRun, aTask } from '@libs/testing'
import { defaultEventConfig, type Upload } from '@libs/workflow'
import { Client } from 'pg'
import { boundSubApp, tenantRole } from '../src/postgres-unit-of-work'
import { type OpenDatabase, openDatabase } from './open-database'

const at = new Date(1_795_000_000_000)
const a = mainSubApp
const b = 7 as SubAppId

const settings = {
  ...{ ...pictureDefaults, widthPx: 0, heightPx: 0, resolutionAdaptive: true },
  ...({ format: 'jpg', fill: 'black' } as const),
}
const template = { template: 'snapshotByTimeOffset', name: 'n', comment: '', settings } as const

/** Tables with rows of sub-applications, and one column to try to change; what has no such right has none. */
const tables: Readonly<Record<string, string>> = {
  access_key: 'created_at',
  template: 'name',
  procedure: 'comment',
  named_queue: 'comment',
  media: 'name',
  run: 'abort_asked_at',
  session: 'run_id',
  task: 'state',
  event: 'body',
  pull_event: 'handle',
  endpoint: 'failures_in_a_row',
  delivery: 'attempt',
  event_config: 'url',
  upload: 'dialect',
  idempotency_key: 'answer',
  webhook: 'url',
}

describe('the wall between sub-applications', () => {
  let database: OpenDatabase
  /** As callers are served, but for what a test binds itself. */
  let tenant: Client

  beforeAll(async () => {
    database = await openDatabase()
    tenant = new Client({ connectionString: database.url })
    await tenant.connect()
    for (const subAppId of [a, b]) await fill(subAppId)
  })

  beforeEach(async () => {
    await tenant.query(`begin; set local role ${tenantRole}`)
  })

  afterEach(async () => {
    await tenant.query('rollback')
  })

  afterAll(async () => {
    await tenant.end()
    await database.close()
  })

  /** A row in every table, made as a caller and the conductor make them. */
  async function fill(subAppId: SubAppId): Promise<void> {
    const media = aMedia({ id: newMediaId(at.getTime() + subAppId), subAppId })
    const run = aRun(media)
    const config = { ...defaultEventConfig, mode: 'push', url: 'https://a.example/hook', secret: 's' } as const
    const about = { subAppId, dialect: 'd', subjectId: run.id, body: '{}', createdAt: at }
    const events = ['push', 'pull'].map((mode) => ({
      event: { ...about, id: newEventId(at.getTime()), stateKey: mode },
      config: { ...config, mode: mode as 'push' | 'pull' },
    }))
    const upload: Upload = {
      ...{ token: `token ${subAppId}`, subAppId, coverKey: undefined, procedure: undefined, dialect: 'd' },
      ...{ media: { ...media, expiresAt: undefined }, createdAt: at, deadline: at, committedAs: undefined },
    }
    await database.subAppWork.run(subAppId, async (stores) => {
      await stores.accessKeys.save({ secretId: `key ${subAppId}`, secretKey: 's', subAppId }, at)
      const facts = { subAppId, url: 'https://a.example/w', types: [], comment: '', secret: 's' }
      const id = newWebhookId(at.getTime())
      await stores.webhooks.insert({ ...facts, id, createdAt: at, updatedAt: at })
      await stores.idempotencyKeys.claim(subAppId, { secretId: 'id', key: 'k', digest: 'd' }, at, at)
      await stores.templates.insert(subAppId, template, at)
      const procedure = { name: 'p', type: 'custom', comment: '', tasks: [], createdAt: at, updatedAt: at } as const
      await stores.procedures.insert(subAppId, procedure)
      const settings = { comment: '', limit: 1, priority: 0, paused: false }
      await stores.queues.insert(subAppId, { ...settings, name: 'q', createdAt: at, updatedAt: at })
      await stores.media.insert(media)
      await stores.runs.insert(run, [aTask(run, 'sampleSnapshot')], at)
      await stores.runs.claimSession(subAppId, { scope: 's', id: 'i', windowMs: 1 }, run.id, at)
      await stores.media.insertRemoval({ media, parts: [], dialect: 'd' }, at)
      await stores.events.saveConfig(subAppId, config)
      await stores.uploads.insert(upload)
    })
    await database.unitOfWork.run((stores) => stores.events.insert(events))
  }

  const bind = (subAppId: SubAppId) => tenant.query(`set local ${boundSubApp} = '${subAppId}'`)

  /** What a statement did, or that it may not be tried. */
  async function countOf(statement: string): Promise<number | 'forbidden'> {
    await tenant.query('savepoint before')
    try {
      return (await tenant.query(statement)).rowCount ?? 0
    } catch (thrown) {
      await tenant.query('rollback to before')
      // 42501, insufficient_privilege: of the role, or of a row.
      if ((thrown as { code?: string }).code === '42501') return 'forbidden'
      throw thrown
    }
  }

  it('is around every table with rows of sub-applications, and around all that callers may touch', async () => {
    const rows = await database.dataSource.query<{ table: string; hasSubApp: boolean; isWalled: boolean }[]>(
      `select relname as table, relrowsecurity and relforcerowsecurity and exists (
          select from pg_policy where polrelid = pg_class.oid and polroles = array[$1::regrole::oid] and polcmd = '*'
        ) as "isWalled", exists (
          select from pg_attribute where attrelid = pg_class.oid and attname ~ 'sub_app' and not attisdropped
        ) as "hasSubApp"
       from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v', 'm')
         and (has_any_column_privilege($1, oid, 'select, insert, update') or has_table_privilege($1, oid, 'delete')
           or exists (select from pg_attribute where attrelid = pg_class.oid and attname ~ 'sub_app' and not attisdropped))`,
      [tenantRole],
    )
    expect(rows.filter(({ isWalled }) => !isWalled)).toEqual([])
    const divided = rows.filter(({ hasSubApp }) => hasSubApp).map(({ table }) => table)
    expect(divided.toSorted()).toEqual(Object.keys(tables).toSorted())
  })

  it.each(Object.entries(tables))('shows and changes only own rows of %s, whatever is asked', async (table, column) => {
    await bind(a)
    const all = await countOf(`select from ${table}`)
    expect(all).toBeGreaterThan(0)
    expect(await countOf(`select from ${table} where sub_app_id = ${b}`)).toBe(0)
    expect([0, 'forbidden']).toContain(
      await countOf(`update ${table} set ${column} = ${column} where sub_app_id = ${b}`),
    )
    expect([all, 'forbidden']).toContain(await countOf(`update ${table} set ${column} = ${column}`))
    expect([0, 'forbidden']).toContain(await countOf(`delete from ${table} where sub_app_id = ${b}`))
    const moved = `insert into ${table} select (jsonb_populate_record(t, '{"sub_app_id": ${b}}')).* from ${table} as t`
    expect(await countOf(moved)).toBe('forbidden')
    expect(await countOf(`update ${table} set sub_app_id = ${b}`)).toBe('forbidden')
  })

  it.each(Object.keys(tables))('shows nothing of %s where no sub-application is bound', async (table) => {
    expect(await countOf(`select from ${table}`)).toBe(0)
    await tenant.query(`set local ${boundSubApp} = ''`)
    expect(await countOf(`select from ${table}`)).toBe(0)
    expect([0, 'forbidden']).toContain(await countOf(`update ${table} set sub_app_id = ${a}`))
    expect([0, 'forbidden']).toContain(await countOf(`delete from ${table}`))
  })

  it('holds where a store asks for no sub-application at all', async () => {
    const [run] = await database.dataSource.query<{ id: RunId; media_id: MediaId }[]>(
      'select id, media_id from run where sub_app_id = $1',
      [b],
    )
    if (run === undefined) throw new Error('there is no run')
    const seen = (subAppId: SubAppId) =>
      database.subAppWork.run(subAppId, async (stores) => ({
        media: (await stores.media.findOfRun(run.media_id))?.id,
        runs: await stores.history.idsOfMedia(run.media_id),
        reports: (await stores.runs.reportsOf([run.id])).length,
        upload: (await stores.uploads.find(`token ${b}`))?.subAppId,
        key: (await stores.accessKeys.find(`key ${b}`))?.subAppId,
        configs: [...(await stores.events.findConfigs([a, b])).keys()],
      }))
    expect(await seen(a)).toEqual({ media: undefined, runs: [], reports: 0, configs: [a] })
    expect(await seen(b)).toEqual({ media: run.media_id, runs: [run.id], reports: 1, upload: b, key: b, configs: [b] })
    await database.subAppWork.run(a, (stores) => stores.media.change(run.media_id, { name: 'mine' }, at))
    await database.subAppWork.run(a, (stores) => stores.media.markDeleted(run.media_id, at))
    expect((await database.unitOfWork.stores.media.find(b, run.media_id))?.name).not.toBe('mine')
  })

  it('lets nobody make a run of a media of others, or have it removed', async () => {
    const media = aMedia({ id: newMediaId(at.getTime() + 1), subAppId: b })
    await database.unitOfWork.stores.media.insert(media)
    const mine = { ...media, subAppId: a }
    const run = aRun(mine)
    const insert = () => database.subAppWork.run(a, ({ runs }) => runs.insert(run, [aTask(run, 'sampleSnapshot')], at))
    await expect(insert()).rejects.toThrow(/violates row-level security policy for table "run"/)
    const remove = () =>
      database.subAppWork.run(a, (stores) =>
        stores.media.insertRemoval({ media: mine, parts: undefined, dialect: 'd' }, at),
      )
    await expect(remove()).rejects.toThrow(/violates row-level security policy for table "removal"/)
  })

  it('is left with the transaction, however that ends', async () => {
    const countAll = async () => (await database.dataSource.query<unknown[]>('select from media')).length
    const before = await countAll()
    const work = (index: number) =>
      database.subAppWork.run(a, async (stores) => {
        // TypeORM locks in transactions alone, so it has to know of this one.
        expect(await stores.uploads.lock(`token ${a}`)).toBeDefined()
        if (index % 2 === 1) return
        await stores.media.insert(aMedia({ id: newMediaId(at.getTime() + 100 + index), subAppId: a }))
        throw new Error('no')
      })
    await Promise.allSettled(Array.from({ length: 8 }, (_, index) => work(index)))
    const counts = await Promise.all(Array.from({ length: 8 }, countAll))
    expect(new Set(counts)).toEqual(new Set([before]))
  })
})
