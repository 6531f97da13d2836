import { mainSubApp, type MediaId, newEventId, type RunId } from '@libs/kernel'
import type { PictureKindName } from '@libs/tasks'
import { aMedia, aRun, aTask, succeedTask } from '@libs/testing'
import {
  defaultEventConfig,
  type KeptPart,
  type Media,
  type Run,
  SweepDue,
  type SweepMode,
  type Swept,
} from '@libs/workflow'
import { PostgresRetentionStore } from '../src/stores/retention/postgres-retention.store'
import { type OpenDatabase, openDatabase } from './open-database'

const nowMs = 1_795_000_000_000
const daysAgo = (days: number) => new Date(nowMs - days * 24 * 3_600_000)
const at = daysAgo(0)
const forEver = {
  ...{ resultsDays: undefined, replacedDays: undefined, sourcesDays: undefined },
  ...{ runsDays: undefined, eventsDays: undefined },
}

describe('what is kept for a time', () => {
  let database: OpenDatabase
  let store: PostgresRetentionStore

  beforeAll(async () => {
    database = await openDatabase(4)
    store = new PostgresRetentionStore(database.dataSource)
  })

  beforeEach(async () => {
    const tables = database.dataSource.entityMetadatas.map(({ tableName }) => tableName)
    await database.dataSource.query(`truncate ${tables.join(', ')}`)
  })

  afterAll(async () => {
    await database.close()
  })

  const query = (sql: string, ...values: unknown[]) => database.dataSource.query<Record<string, unknown>[]>(sql, values)

  async function aStoredMedia(overrides: Partial<Media> = {}): Promise<Media> {
    const media = aMedia({ createdAt: daysAgo(100), ...overrides })
    await database.unitOfWork.stores.media.insert(media)
    return media
  }

  const made = (media: Media, kind: PictureKindName, days: number, definition: number | undefined = 10) =>
    succeedTask(database.unitOfWork, { media, kind, definition, finishedAt: daysAgo(days) })

  /** A run that has ended without pictures. */
  async function failed(media: Media, days: number): Promise<Run> {
    const run = aRun(media, { createdAt: daysAgo(days) })
    const task = aTask(run, 'sampleSnapshot')
    await database.unitOfWork.run(async ({ runs }) => {
      await runs.insert(run, [task], undefined)
      await runs.failTasks([{ task, fault: { code: 'media.noVideo', detail: '' } }], daysAgo(days))
      await runs.finishEnded([run.id], daysAgo(days))
    })
    return run
  }

  async function told(subjectId: RunId | MediaId, days: number, mode: 'push' | 'pull'): Promise<string> {
    const id = newEventId(daysAgo(days).getTime())
    const about = { subAppId: mainSubApp, dialect: '', subjectId, stateKey: id, body: '{}', createdAt: daysAgo(days) }
    const config = { ...defaultEventConfig, mode, url: 'https://a.example/hook' }
    await database.unitOfWork.run(({ events }) => events.insert([{ event: { ...about, id }, config }]))
    return id
  }

  async function totals(mode: SweepMode, rules: Partial<typeof forEver> | Record<string, number>) {
    const sums: Partial<Record<Swept['of'], { rows: number; bytes: number }>> = {}
    const sweep = new SweepDue(store, { nowMs: () => nowMs }, { ...forEver, ...rules })
    for await (const { of, rows, bytes } of sweep.lots(mode)) {
      const sum = sums[of] ?? { rows: 0, bytes: 0 }
      sums[of] = { rows: sum.rows + rows, bytes: sum.bytes + bytes }
    }
    return sums
  }

  /** As the janitor does it, and holds what it has told before against what it then did. */
  async function sweep(rules: Record<string, number>) {
    const before = await snapshot()
    const promised = await totals('look', rules)
    expect(await snapshot()).toEqual(before)
    const done = await totals('discard', rules)
    expect(done).toEqual(promised)
    const rows = Object.fromEntries(Object.entries(done).map(([part, sum]) => [part, sum.rows]))
    return rows as Partial<Record<KeptPart, number>>
  }

  async function snapshot() {
    const tables = ['task', 'run', 'media', 'event', 'delivery', 'pull_event', 'removal', 'janitor_pass']
    return Promise.all(tables.map((table) => query(`select * from ${table} order by 1`)))
  }

  const idsIn = async (table: string) => (await query(`select id from ${table}`)).map(({ id }) => id)
  const keysToRemove = async () =>
    (await query('select keys from removal')).flatMap(({ keys }) => keys as string[]).toSorted()
  const latestOf = async (mediaId: MediaId) =>
    (await database.unitOfWork.stores.history.latestOf([mediaId])).map(({ task }) => task.id)

  it('is for ever where nothing else is said', async () => {
    const media = await aStoredMedia()
    await made(media, 'sampleSnapshot', 1_000)
    await told((await failed(media, 1_000)).id, 1_000, 'push')
    expect(await sweep({})).toEqual({ results: 0 })
    expect(await keysToRemove()).toEqual([])
  })

  describe('results', () => {
    const folderOf = ({ run, task }: Awaited<ReturnType<typeof made>>) => `artifacts/0/${run.id}/${task.id}`

    it('go after their days, files and all, and no others', async () => {
      const media = await aStoredMedia()
      const due = [await made(media, 'sampleSnapshot', 31), await made(media, 'imageSprites', 30)]
      const kept = await made(media, 'snapshotByTimeOffset', 29)
      expect(await sweep({ resultsDays: 30 })).toEqual({ results: 2 })
      expect(await keysToRemove()).toEqual(due.map(folderOf).toSorted())
      expect(await latestOf(media.id)).toEqual([kept.task.id])
      expect(await idsIn('task')).toHaveLength(3)
      expect(await sweep({ resultsDays: 30 })).toEqual({ results: 0 })
    })

    it('tell how many bytes they are, as far as they go', async () => {
      const media = await aStoredMedia()
      await made(media, 'imageSprites', 31)
      expect(await totals('look', { resultsDays: 30 })).toEqual({ results: { rows: 1, bytes: 2_000 } })
    })

    it('of a template go by its rule, and else by the deployment’s', async () => {
      const media = await aStoredMedia()
      await query(
        `insert into template (definition, sub_app_id, template, name, comment, settings, created_at, updated_at, retain_results_days)
         values (1001, 0, 'sampleSnapshot', '', '', '{}', now(), now(), 3), (1002, 0, 'sampleSnapshot', '', '', '{}', now(), now(), 300)`,
      )
      const short = await made(media, 'sampleSnapshot', 4, 1001)
      const long = await made(media, 'sampleSnapshot', 40, 1002)
      const usual = await made(media, 'sampleSnapshot', 40)
      expect(await sweep({})).toEqual({ results: 1 })
      expect(await keysToRemove()).toEqual([folderOf(short)])
      expect(await sweep({ resultsDays: 30 })).toEqual({ results: 1 })
      expect(await keysToRemove()).toEqual([folderOf(short), folderOf(usual)].toSorted())
      expect(await latestOf(media.id)).toEqual([long.task.id])
    })

    it('stay while an event that names them waits', async () => {
      const media = await aStoredMedia()
      const [pulled, pushed] = [await made(media, 'sampleSnapshot', 31), await made(media, 'imageSprites', 31)]
      const pull = await told(pulled.run.id, 31, 'pull')
      await told(pushed.run.id, 31, 'push')
      expect(await sweep({ resultsDays: 30 })).toEqual({ results: 0 })
      await query('delete from pull_event where event_id = $1', pull)
      await query(`update delivery set state = 'delivered'`)
      expect(await sweep({ resultsDays: 30 })).toEqual({ results: 2 })
    })

    it('leave the cover that a media has, and what is in buckets', async () => {
      const media = await aStoredMedia()
      const [cover, inBucket] = [await made(media, 'coverBySnapshot', 31), await made(media, 'sampleSnapshot', 31)]
      await query('update media set cover_key = $1', `${folderOf(cover)}/g1x1/cover.jpg`)
      await query(`update task set request = '{"bucket": "films"}' where id = $1`, inBucket.task.id)
      expect(await totals('look', { resultsDays: 30 })).toEqual({ results: { rows: 2, bytes: 0 } })
      expect(await sweep({ resultsDays: 30 })).toEqual({ results: 2 })
      expect(await keysToRemove()).toEqual([])
    })

    it('go when a later run has brought others of their template', async () => {
      const media = await aStoredMedia()
      const other = await aStoredMedia()
      const old = [await made(media, 'sampleSnapshot', 30), await made(media, 'sampleSnapshot', 20)]
      const kept = [
        await made(media, 'sampleSnapshot', 7),
        await made(media, 'imageSprites', 30),
        await made(media, 'sampleSnapshot', 30, 1001),
        await made(other, 'sampleSnapshot', 30),
      ]
      expect(await sweep({ replacedDays: 7 })).toEqual({ results: 2 })
      expect(await keysToRemove()).toEqual(old.map(folderOf).toSorted())
      const shown = [...(await latestOf(media.id)), ...(await latestOf(other.id))]
      expect(shown.toSorted()).toEqual(kept.map(({ task }) => task.id).toSorted())
      expect(await sweep({ replacedDays: 7 })).toEqual({ results: 0 })
    })

    it('stay for a while after they were replaced', async () => {
      const media = await aStoredMedia()
      await made(media, 'sampleSnapshot', 30)
      await made(media, 'sampleSnapshot', 6)
      expect(await sweep({ replacedDays: 7 })).toEqual({ results: 0 })
      expect(await sweep({ replacedDays: 6 })).toEqual({ results: 1 })
    })

    it('of one run stay together, and so do those without a template', async () => {
      const media = await aStoredMedia()
      const [first, second] = [
        await made(media, 'snapshotByTimeOffset', 30),
        await made(media, 'snapshotByTimeOffset', 20),
      ]
      await query('update task set run_id = $1 where id = $2', first.run.id, second.task.id)
      for (const days of [30, 20]) await made(media, 'imageSprites', days)
      await query(`update task set definition = null where kind = 'imageSprites'`)
      expect(await sweep({ replacedDays: 7 })).toEqual({ results: 0 })
    })
  })

  it('sources go when nothing is to be made of them, and only their own files', async () => {
    const due = await aStoredMedia()
    await made(due, 'sampleSnapshot', 90)
    const busy = await aStoredMedia()
    const run = aRun(busy)
    await database.unitOfWork.stores.runs.insert(run, [aTask(run, 'sampleSnapshot')], at)
    await aStoredMedia({ createdAt: daysAgo(29) })
    await aStoredMedia({ sourceKey: 'buckets/0/films/a.mp4' })
    await aStoredMedia({ state: 'ingesting', info: undefined })
    expect(await totals('look', { sourcesDays: 30 })).toMatchObject({ sources: { rows: 1, bytes: 100_000 } })
    expect(await sweep({ sourcesDays: 30 })).toEqual({ results: 0, sources: 1 })
    expect(await keysToRemove()).toEqual([`sources/0/${due.id}`])
    expect(await sweep({ sourcesDays: 30 })).toEqual({ results: 0, sources: 0 })
    expect(await database.unitOfWork.stores.media.find(mainSubApp, due.id)).toMatchObject({ id: due.id })
  })

  it('events go that nobody waits for', async () => {
    const media = await aStoredMedia()
    const waiting = [await told(media.id, 31, 'push'), await told(media.id, 31, 'pull')]
    const due = [await told(media.id, 31, 'push'), await told(media.id, 31, 'push'), await told(media.id, 31, 'pull')]
    const young = await told(media.id, 29, 'push')
    await query(`update delivery set state = 'delivered' where event_id = any($1)`, [due[0], young])
    await query(`update delivery set state = 'dead' where event_id = $1`, due[1])
    await query('delete from pull_event where event_id = $1', due[2])
    expect(await sweep({ eventsDays: 30 })).toEqual({ results: 0, events: 3 })
    expect((await idsIn('event')).toSorted()).toEqual([...waiting, young].toSorted())
  })

  describe('runs', () => {
    it('go with their tasks, and hold what is shown of media', async () => {
      const media = await aStoredMedia()
      const due = await failed(media, 31)
      const young = await failed(media, 29)
      const shown = await made(media, 'sampleSnapshot', 31)
      const open = aRun(media)
      await database.unitOfWork.stores.runs.insert(open, [aTask(open, 'sampleSnapshot')], at)
      expect(await sweep({ runsDays: 30 })).toEqual({ results: 0, media: 0, runs: 1 })
      expect((await idsIn('run')).toSorted()).toEqual([young.id, shown.run.id, open.id].toSorted())
      expect(await idsIn('task')).toHaveLength(3)
      expect(await keysToRemove()).toEqual([`artifacts/0/${due.id}`])
    })

    it('go in the sweep after the one that gave up their pictures', async () => {
      const media = await aStoredMedia()
      await made(media, 'sampleSnapshot', 31)
      expect(await sweep({ resultsDays: 30, runsDays: 30 })).toEqual({ results: 1, media: 0, runs: 0 })
      await query(`update task set discarded_at = discarded_at - interval '1 day'`)
      expect(await sweep({ resultsDays: 30, runsDays: 30 })).toEqual({ results: 0, media: 0, runs: 1 })
      expect(await idsIn('run')).toEqual([])
    })

    it('go when they made the cover that a media no longer has', async () => {
      const media = await aStoredMedia()
      const { run, task } = await made(media, 'coverBySnapshot', 31)
      await query('update media set cover_key = $1', `artifacts/0/${run.id}/${task.id}/g1x1/cover.jpg`)
      await query('update task set discarded_at = $1', daysAgo(1))
      expect(await sweep({ runsDays: 30 })).toMatchObject({ runs: 0 })
      await query('update media set cover_key = null')
      expect(await sweep({ runsDays: 30 })).toMatchObject({ runs: 1 })
    })

    it('of deleted media go, and then the media', async () => {
      const media = await aStoredMedia()
      await made(media, 'sampleSnapshot', 31)
      await database.unitOfWork.stores.media.markDeleted(media.id, daysAgo(30))
      const kept = await aStoredMedia()
      await database.unitOfWork.stores.media.markDeleted(kept.id, daysAgo(29))
      expect(await sweep({ runsDays: 30 })).toEqual({ results: 0, media: 0, runs: 1 })
      expect(await sweep({ runsDays: 30 })).toMatchObject({ media: 0 })
      await query('delete from removal')
      expect(await sweep({ runsDays: 30 })).toEqual({ results: 0, media: 1, runs: 0 })
      expect(await idsIn('media')).toEqual([kept.id])
    })
  })

  it('goes page by page', async () => {
    const media = await aStoredMedia()
    for (let count = 0; count < 5; count++) await failed(media, 31)
    const rules = { ...forEver, runsDays: 30 }
    const sizes: number[] = []
    for (let after: string | undefined = ''; after !== undefined;) {
      const { rows, next }: { rows: number; next: string | undefined } = await store.discard('runs', {
        ...{ rules, at, after, limit: 2 },
      })
      sizes.push(rows)
      after = next
    }
    expect(sizes).toEqual([2, 2, 1])
    expect(await idsIn('run')).toEqual([])
  })

  it('goes once, however many janitors are at it', async () => {
    const media = await aStoredMedia()
    for (let count = 0; count < 20; count++) {
      await failed(media, 31)
      await made(media, 'sampleSnapshot', 31, 2_000 + count)
    }
    const rules = { resultsDays: 30, runsDays: 30 }
    const both = await Promise.all([totals('discard', rules), totals('discard', rules), totals('discard', rules)])
    const sum = (part: KeptPart) => both.reduce((all, { [part]: swept }) => all + (swept?.rows ?? 0), 0)
    // What one holds another leaves for the next sweep; together they left nothing.
    expect([sum('results'), sum('runs')]).toEqual([20, 20])
    expect(await keysToRemove()).toHaveLength(40)
    expect(await totals('look', rules)).toMatchObject({ results: { rows: 0 }, runs: { rows: 0 } })
  })

  it('does not lose a run that is accepted while its source would go', async () => {
    const media = await aStoredMedia()
    const accepting = database.dataSource.createQueryRunner()
    await accepting.startTransaction()
    await accepting.query('select from media where id = $1 for key share', [media.id])
    expect(await totals('discard', { sourcesDays: 30 })).toMatchObject({ sources: { rows: 0 } })
    await accepting.rollbackTransaction()
    await accepting.release()
    expect(await totals('discard', { sourcesDays: 30 })).toMatchObject({ sources: { rows: 1 } })
  })

  it('is looked through by one pass at a time', async () => {
    const begun = await Promise.all([1, 2, 3].map(() => store.beginPass(at, daysAgo(1))))
    expect(begun.filter(Boolean)).toHaveLength(1)
    expect(await store.beginPass(new Date(nowMs + 1), daysAgo(1))).toBe(false)
    expect(await store.beginPass(new Date(nowMs + 1), at)).toBe(true)
  })
})
