import { Clock, mainSubApp, newRunId } from '@libs/kernel'
import { migrateDatabase, PersistenceModule } from '@libs/persistence'
import { openStorage } from '@libs/storage'
import {
  acceptRun,
  aMedia,
  anOutput,
  aRun,
  aTask,
  everyDepth,
  S3Server,
  SilentDoorbell,
  testDatabase,
} from '@libs/testing'
import {
  EventRenderer,
  type Media,
  RemoveDeleted,
  type RetentionRules,
  RetentionStore,
  type SucceededTask,
  SweepDaily,
  SweepDue,
  type SweepMode,
  SweepOrphans,
  type Task,
  UnitOfWork,
  type Upload,
} from '@libs/workflow'
import { type INestApplicationContext, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { migrations } from '../../../migrations'

const dayMs = 24 * 3_600_000

/** Files are as old as they are: the tests go on in time instead. */
class LaterClock extends Clock {
  laterMs = 0

  override nowMs(): number {
    return Date.now() + this.laterMs
  }
}

/** What goes by its key is told to nobody. */
class NoRenderer extends EventRenderer {
  override render(): never {
    throw new Error('Nobody is told.')
  }

  override sign(): never {
    throw new Error('Nobody is told.')
  }
}

@Module({})
class TestApp {}

describe('the janitor', () => {
  let app: INestApplicationContext
  let dropDatabase: () => Promise<void>
  let unitOfWork: UnitOfWork
  let store: RetentionStore
  let server: S3Server
  let folder: string
  const clock = new LaterClock()

  beforeAll(async () => {
    const { url, drop } = await testDatabase()
    dropDatabase = drop
    await migrateDatabase(url, migrations)
    const masterKey = { MASTER_KEY: randomBytes(32).toString('base64') }
    const imports = [PersistenceModule.forRoot({ url, poolSize: 4, migrationNames: [] }, masterKey)]
    app = await NestFactory.createApplicationContext({ module: TestApp, imports }, { logger: false })
    unitOfWork = app.get(UnitOfWork)
    store = app.get(RetentionStore)
    server = await S3Server.start()
    folder = await mkdtemp(join(tmpdir(), 'janitor-'))
  })

  beforeEach(() => {
    clock.laterMs = 0
  })

  afterAll(async () => {
    await app.close()
    await dropDatabase()
    await server.stop()
    await rm(folder, { recursive: true })
  })

  type Rules = Readonly<Record<keyof RetentionRules, number | undefined>>

  const never: Rules = {
    ...{ resultsDays: undefined, replacedDays: undefined, sourcesDays: undefined },
    ...{ runsDays: undefined, eventsDays: undefined },
  }

  describe.each(['disk', 's3'] as const)('with files in %s', (where) => {
    const open = () => openStorage(where === 's3' ? server.settings() : { STORAGE_URL: `file:${folder}` })

    async function put(...keys: string[]): Promise<void> {
      for (const key of keys) await open().sources.put(key, Readable.from([Buffer.from('0123456789')]))
    }

    const areThere = (keys: readonly string[]) =>
      Promise.all(keys.map(async (key) => (await open().files.find(key)) !== undefined))

    async function sumOf(lots: AsyncIterable<{ rows: number; bytes: number }>) {
      const sum = { rows: 0, bytes: 0 }
      for await (const { rows, bytes } of lots) {
        sum.rows += rows
        sum.bytes += bytes
      }
      return sum
    }

    const orphans = (mode: SweepMode) => sumOf(new SweepOrphans(store, clock, open().files).lots(mode))

    async function sweep(rules: Partial<Rules>): Promise<void> {
      await sumOf(new SweepDue(store, clock, { ...never, ...rules }).lots('discard'))
      const removing = new RemoveDeleted(unitOfWork, clock, open().files, new NoRenderer(), new SilentDoorbell())
      while ((await removing.execute()) > 0);
    }

    async function aStoredMedia(): Promise<Media> {
      const media = aMedia({ createdAt: new Date() })
      await unitOfWork.stores.media.insert(media)
      await put(media.sourceKey)
      return media
    }

    /** A run whose one task has made a picture, with its file. */
    async function made(media: Media): Promise<{ readonly task: Task; readonly key: string }> {
      const at = new Date()
      const run = aRun(media, { id: newRunId(at.getTime()), createdAt: at })
      const task = aTask(run, 'sampleSnapshot')
      const key = `artifacts/0/${run.id}/${task.id}/g1x1/still-0.jpg`
      const [still] = anOutput.sampleSnapshot.stills
      await put(key)
      await unitOfWork.run(async ({ runs }) => {
        await runs.insert(run, [task], at)
        await runs.claimDue(everyDepth(1_000), at, at)
        const output = { stills: [{ ...still, artifact: { key, sizeBytes: 10 } }] }
        await runs.succeedTasks([{ ...task, state: 'dispatched', generation: 1, output } as SucceededTask], at)
        await runs.finishEnded([run.id], at)
      })
      return { task, key }
    }

    it('removes the files of a set that a later run has replaced, after its days', async () => {
      const media = await aStoredMedia()
      const [old, other] = [await made(media), await made(await aStoredMedia())]
      const late = await made(media)
      const keys = [old.key, late.key, other.key, media.sourceKey]
      clock.laterMs = 6 * dayMs
      await sweep({ replacedDays: 7 })
      expect(await areThere(keys)).toEqual([true, true, true, true])
      clock.laterMs = 8 * dayMs
      await sweep({ replacedDays: 7 })
      expect(await areThere(keys)).toEqual([false, true, true, true])
    })

    it('removes results and sources when their days are over, and lets media be', async () => {
      const media = await aStoredMedia()
      const { key } = await made(media)
      clock.laterMs = 31 * dayMs
      await sweep({ resultsDays: 32, sourcesDays: 32 })
      expect(await areThere([key, media.sourceKey])).toEqual([true, true])
      await sweep({ resultsDays: 30, sourcesDays: 30 })
      expect(await areThere([key, media.sourceKey])).toEqual([false, false])
      expect(await unitOfWork.stores.media.find(mainSubApp, media.id)).toMatchObject({ state: 'ready' })
      expect(await orphans('look')).toEqual({ rows: 0, bytes: 0 })
    })

    it('removes files whose rows are gone, when they are old enough, and says before how many', async () => {
      const media = await aStoredMedia()
      const { task, key } = await made(media)
      const nobodys = aMedia()
      const runless = newRunId(Date.now())
      const lost = [
        nobodys.sourceKey,
        `covers/0/${nobodys.id}/a.png`,
        `uploads/0/0123/00001`,
        `artifacts/0/${runless}/${runless}/g1x1/a.jpg`,
        `artifacts/0/${runless}/${runless}/g1x1/cells/b.jpg`,
        // A worker that was thought dead has written what the task did not end with.
        `artifacts/0/${task.runId}/${task.id}/g1x2/late.jpg`,
        // Of another sub-application than the row.
        media.sourceKey.replace('sources/0/', 'sources/7/'),
      ]
      const kept = [
        ...[media.sourceKey, key, `covers/0/${media.id}/a.png`, `buckets/0/films/nobody.mp4`, `watermarks/0/a.png`],
        'strange/0/1/a.jpg',
        'artifacts/odd.jpg',
      ]
      await put(...lost, ...kept)
      expect(await orphans('discard')).toEqual({ rows: 0, bytes: 0 })
      clock.laterMs = 2 * dayMs
      expect(await orphans('look')).toEqual({ rows: lost.length, bytes: 10 * lost.length })
      expect(await areThere([...lost, ...kept])).not.toContain(false)
      expect(await orphans('discard')).toEqual({ rows: lost.length, bytes: 10 * lost.length })
      expect(await areThere(lost)).not.toContain(true)
      expect(await areThere(kept)).not.toContain(false)
      expect(await orphans('discard')).toEqual({ rows: 0, bytes: 0 })
    })

    it('leaves what an open task or an announced upload is writing', async () => {
      const media = await aStoredMedia()
      const { tasks } = await acceptRun(unitOfWork, { media, of: {}, kinds: ['sampleSnapshot'], due: new Date() })
      const [task] = tasks
      const announced = aMedia()
      const upload: Upload = {
        ...{ token: randomBytes(20).toString('hex'), subAppId: mainSubApp, procedure: undefined, dialect: 'd' },
        ...{ media: { ...announced, expiresAt: undefined }, coverKey: `covers/0/${announced.id}/a.png` },
        ...{ createdAt: new Date(), deadline: new Date(), committedAs: undefined },
      }
      await unitOfWork.stores.uploads.insert(upload)
      const keys = [
        `artifacts/0/${task?.runId}/${task?.id}/g1x1/a.jpg`,
        ...[announced.sourceKey, upload.coverKey ?? '', `uploads/0/${upload.token}/00001`],
      ]
      await put(...keys)
      clock.laterMs = 2 * dayMs
      await orphans('discard')
      expect(await areThere(keys)).not.toContain(false)
      await unitOfWork.stores.uploads.remove(upload.token)
      await orphans('discard')
      expect(await areThere(keys)).toEqual([true, false, false, false])
    })

    it('keeps the file of a cover as long as its media has it', async () => {
      const media = await aStoredMedia()
      const { key } = await made(media)
      await unitOfWork.stores.media.setCovers([{ mediaId: media.id, key }])
      clock.laterMs = 31 * dayMs
      await sweep({ resultsDays: 30 })
      await orphans('discard')
      expect(await areThere([key])).toEqual([true])
      await unitOfWork.stores.media.change(media.id, { coverKey: undefined }, new Date())
      await orphans('discard')
      expect(await areThere([key])).toEqual([false])
    })

    it('goes through everything once a day, lot by lot', async () => {
      const due = new SweepDue(store, clock, { ...never, resultsDays: 30 })
      const daily = new SweepDaily(store, clock, due, new SweepOrphans(store, clock, open().files))
      const other = new SweepDaily(store, clock, due, new SweepOrphans(store, clock, open().files))
      // Passes of the tests before, and of the other storage.
      clock.laterMs = where === 'disk' ? 100 * dayMs : 200 * dayMs
      const { key } = await made(await aStoredMedia())
      let rounds = 0
      for (; (await daily.execute()) > 0; rounds++) expect(await other.execute()).toBe(0)
      expect(rounds).toBeGreaterThan(1)
      await sweep({})
      expect(await areThere([key])).toEqual([false])
      expect(await daily.execute()).toBe(0)
      clock.laterMs += dayMs
      expect(await other.execute()).toBe(1)
    })
  })
})
