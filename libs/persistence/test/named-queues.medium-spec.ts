import { AppError, type Clock, mainSubApp } from '@libs/kernel'
import { type KindName, pictureKindNames } from '@libs/tasks'
import { aMedia, anOutput, aRun, aTask, everyDepth, SilentDoorbell } from '@libs/testing'
import {
  type Depths,
  type DueTask,
  ManageQueues,
  ProcessMedia,
  type RunStore,
  type SucceededTask,
  WaitingRoom,
} from '@libs/workflow'
import { type OpenDatabase, openDatabase } from './open-database'

const clock: Clock = { nowMs: () => 1_795_000_000_000 }
const at = new Date(clock.nowMs())
const limit = 3
const mostRounds = 2_000
const settings = { comment: '', limit, priority: 0, paused: false }

/** What only a real database can show: claims, changes and runs that meet. */
describe('named queues', () => {
  let database: OpenDatabase
  let unitOfWork: OpenDatabase['unitOfWork']
  let manage: ManageQueues
  let media: ReturnType<typeof aMedia>

  beforeAll(async () => {
    database = await openDatabase(16)
    ;({ unitOfWork } = database)
    manage = new ManageQueues(database.subAppWork, clock, new SilentDoorbell())
  })

  beforeEach(async () => {
    media = aMedia()
    await unitOfWork.stores.media.insert(media)
    await manage.create(mainSubApp, 'q', settings)
  })

  afterEach(async () => {
    await database.dataSource.query('truncate media, named_queue cascade')
  })

  afterAll(async () => {
    await database.close()
  })

  /** As an accepted call does. */
  const insert = async (runs: RunStore, kinds: readonly KindName[], queue: string | undefined, due: Date) => {
    const run = aRun(media, { queue })
    const tasks = kinds.map((kind, index) => aTask(run, kind, { index }))
    await runs.insert(run, tasks, due)
    return run.id
  }
  const accept = (kinds: readonly KindName[] = ['coverBySnapshot'], due = at) =>
    insert(unitOfWork.stores.runs, kinds, 'q', due)
  const claimOf = async (runs: RunStore, depth = 50, depths: Partial<Depths> = {}) =>
    (await runs.claimDue({ ...everyDepth(depth), ...depths }, at, at)).tasks
  const claim = () => unitOfWork.run(({ runs }) => claimOf(runs))
  const succeed = (due: readonly DueTask[]) => {
    const ended = due.map(({ task }) => ({ ...task, output: anOutput[task.kind] }) as SucceededTask)
    return unitOfWork.run(({ runs }) => runs.succeedTasks(ended, at))
  }
  const inFlight = async (): Promise<number> => {
    const rows = await database.dataSource.query<{ count: number }[]>(
      `select count(*)::integer as count from task where state = 'dispatched' and queue = 'q'`,
    )
    return rows[0]?.count ?? 0
  }

  it('never let more tasks out than their limit, however many conductors claim and settle at once', async () => {
    for (let n = 0; n < 15; n += 1) await accept(pictureKindNames)
    let left = 15 * pictureKindNames.length
    const peaks: number[] = []
    // Each has room for one kind alone, so that they do not reach for the same tasks.
    const conduct = async (kind: KindName): Promise<void> => {
      while (left > 0) {
        const claimed = await unitOfWork.run(({ runs }) => claimOf(runs, 0, { [kind]: 50 }))
        peaks.push(await inFlight())
        await succeed(claimed)
        left -= claimed.length
        if (peaks.length > mostRounds) throw new Error('the queue does not empty')
      }
    }
    await Promise.all([...pictureKindNames, ...pictureKindNames].map(conduct))
    expect(left).toBe(0)
    expect(Math.max(...peaks)).toBe(limit)
  })

  it('are left to the conductor that holds them, who is in nobody else’s way', async () => {
    for (let n = 0; n < limit + 1; n += 1) await accept(['coverBySnapshot'], new Date(at.getTime() - 1))
    const free = await insert(unitOfWork.stores.runs, ['coverBySnapshot'], undefined, at)
    await unitOfWork.run(async ({ runs }) => {
      expect((await claimOf(runs, limit - 1)).map(({ run }) => run.queue)).toEqual(['q', 'q'])
      expect((await claim()).map(({ run }) => run.id)).toEqual([free])
    })
    expect(await claim()).toHaveLength(1)
    expect(await inFlight()).toBe(limit)
  })

  it('have let nothing more out when a pause has been answered', async () => {
    for (let n = 0; n < limit; n += 1) await accept()
    let order = ''
    const { claimed, paused } = await unitOfWork.run(async ({ runs }) => {
      const due = await claimOf(runs, 1)
      const pausing = manage.change(mainSubApp, 'q', { paused: true }).then(() => (order += 'paused'))
      await waitingForALock()
      order += 'claimed '
      return { claimed: due, paused: pausing }
    })
    await paused
    expect(order).toBe('claimed paused')
    expect(claimed).toHaveLength(1)
    expect(await claim()).toEqual([])
    await manage.change(mainSubApp, 'q', { paused: false })
    expect(await claim()).toHaveLength(limit - 1)
  })

  it('take runs while a conductor claims of them', async () => {
    await accept()
    const processMedia = new ProcessMedia(database.subAppWork, clock, new SilentDoorbell(), new WaitingRoom(0, clock))
    const order = { dialect: 'rest', priority: 0, notifyMode: undefined, sessionContext: '', session: undefined }
    const tasks = [{ kind: 'sampleSnapshot', definition: 10, request: {} }] as const
    const start = (queue: string) =>
      processMedia.execute({
        ...{ ...order, queue, subAppId: mainSubApp },
        ...{ source: { mediaId: media.id }, work: { tasks } },
      })
    await unitOfWork.run(async ({ runs }) => {
      expect(await claimOf(runs)).toHaveLength(1)
      const { runId } = await start('q')
      expect((await unitOfWork.stores.runs.findProcess(mainSubApp, runId))?.run.queue).toBe('q')
    })
    const refused: unknown = await start('r').catch((thrown: unknown) => thrown)
    expect(refused).toBeInstanceOf(AppError)
    expect(refused).toMatchObject({ code: 'queue.notFound', field: 'queue' })
  })

  it('are not removed while a run in them has not ended, even one that is being accepted', async () => {
    let removing: Promise<unknown> = Promise.resolve()
    await unitOfWork.run(async ({ queues, runs }) => {
      expect(await queues.keep(mainSubApp, 'q')).toBe(true)
      removing = manage.remove(mainSubApp, 'q').catch((thrown: unknown) => thrown)
      await waitingForALock()
      await insert(runs, ['coverBySnapshot'], 'q', at)
    })
    expect(await removing).toMatchObject({ code: 'queue.inUse', field: 'name' })
    await succeed(await claim())
    await manage.remove(mainSubApp, 'q')
    await expect(manage.describe(mainSubApp, 'q')).rejects.toMatchObject({ code: 'queue.notFound' })
  })

  it('are a hundred at most, each name once', async () => {
    await expect(manage.create(mainSubApp, 'q', settings)).rejects.toMatchObject({ code: 'queue.alreadyExists' })
    await database.dataSource.query(
      `insert into named_queue select sub_app_id, 'q' || number, comment, task_limit, priority, paused, created_at, updated_at
       from named_queue, generate_series(1, 97) as number`,
    )
    const names = ['a', 'b', 'c', 'd', 'e']
    const made = await Promise.allSettled(names.map((name) => manage.create(mainSubApp, name, settings)))
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    expect(made.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'queue.limitReached' } })
    expect((await manage.list(mainSubApp, { offset: 0, limit: 1 })).totalCount).toBe(100)
  })

  /** Until some transaction waits for another one's lock; the test's own time limit ends a wait in vain. */
  async function waitingForALock(): Promise<void> {
    const waiting = `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
    while ((await database.dataSource.query<unknown[]>(waiting)).length === 0);
  }
})
