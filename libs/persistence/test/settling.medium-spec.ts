import { type Clock, mainSubApp, newMediaId, type RunId } from '@libs/kernel'
import { pictureKindNames } from '@libs/tasks'
import { aMedia, aMediaInfo, anOutput, aRun, aTask, everyDepth, NotingDispatcher, SilentDoorbell } from '@libs/testing'
import { AbortRun, AbortTask, SettleAborts, SettleTasks, type SettleTaskCommand } from '@libs/workflow'
import { type OpenDatabase, openDatabase } from './open-database'

const renderer = { render: () => '{}', sign: (_dialect: string, body: string) => ({ body, headers: {} }) }
const clock: Clock = { nowMs: () => 1_795_000_000_000 }
const at = new Date(clock.nowMs())
const runCount = 25

/** What only a real database can show: transactions that meet. */
describe('settling at the same time', () => {
  let database: OpenDatabase
  let dataSource: OpenDatabase['dataSource']
  let unitOfWork: OpenDatabase['unitOfWork']
  let settleTasks: SettleTasks

  beforeAll(async () => {
    database = await openDatabase(16)
    ;({ dataSource, unitOfWork } = database)
    settleTasks = new SettleTasks(unitOfWork, clock, renderer, new SilentDoorbell())
  })

  afterEach(async () => {
    await dataSource.query('truncate media cascade')
  })

  afterAll(async () => {
    await database.close()
  })

  async function dispatchedCommands(): Promise<readonly SettleTaskCommand[]> {
    const media = aMedia({ id: newMediaId(Date.now()) })
    await unitOfWork.stores.media.insert(media)
    for (let n = 0; n < runCount; n += 1) {
      const run = aRun(media)
      await unitOfWork.stores.runs.insert(
        run,
        pictureKindNames.map((kind, index) => aTask(run, kind, { index })),
        at,
      )
    }
    const claimed = await Promise.all(
      [1, 2, 3].map(() => unitOfWork.run(({ runs }) => runs.claimDue(everyDepth(runCount), at, at))),
    )
    return claimed
      .flatMap(({ tasks }) => tasks)
      .map(({ task }) => {
        const outcome = { status: 'succeeded', output: anOutput[task.kind] } as const
        return { taskId: task.id, generation: task.generation, outcome }
      })
  }

  it('ends every run once, with one event, however its last tasks meet', async () => {
    const commands = await dispatchedCommands()
    expect(new Set(commands.map(({ taskId }) => taskId)).size).toBe(runCount * pictureKindNames.length)
    expect(commands).toHaveLength(runCount * pictureKindNames.length)
    // Each outcome twice, alone and in overlapping lots, all at once.
    const lots = [commands.slice(0, 40), commands.slice(20, 70).toReversed(), commands.slice(50)]
    await Promise.all([...commands.map((command) => [command]), ...lots].map((lot) => settleTasks.execute(lot)))
    const runs = await dataSource.query<{ state: string }[]>('select distinct state from run')
    const events = await dataSource.query<{ runs: number; events: number }[]>(
      'select count(distinct subject_id)::integer as runs, count(*)::integer as events from event',
    )
    expect(runs).toEqual([{ state: 'finished' }])
    expect(events).toEqual([{ runs: runCount, events: runCount }])
  })

  it('ends every aborted run once, with one event, whether its outcomes or the abort come first', async () => {
    const commands = await dispatchedCommands()
    const runIds = (await dataSource.query<{ id: RunId }[]>('select id from run')).map(({ id }) => id)
    const dispatcher = new NotingDispatcher()
    const settleAborts = new SettleAborts(unitOfWork, clock, dispatcher, renderer, new SilentDoorbell())
    const abortRun = new AbortRun(database.subAppWork, clock, new SilentDoorbell())
    const lots = Array.from({ length: 10 }, (_, lot) => commands.slice(lot * 10, lot * 10 + 10))
    const settled = lots.map((lot) => settleTasks.execute(lot))
    const aborted = runIds.map((runId) => abortRun.execute(mainSubApp, runId))
    const ended = [1, 2, 3].map(() => settleAborts.execute())
    const settlements = (await Promise.all(settled)).flat()
    await Promise.all([...aborted, ...ended])
    const counts = [...(await Promise.all(ended)), await settleAborts.execute()]
    expect(await settleAborts.execute()).toBe(0)
    const succeeded = settlements.filter((settlement) => settlement === 'succeeded').length
    expect(succeeded + counts.reduce((sum, count) => sum + count, 0)).toBe(commands.length)
    const [tasks] = await dataSource.query<object[]>(
      `select count(*) filter (where state = 'succeeded')::integer as succeeded,
              count(*) filter (where fault->>'code' = 'task.aborted')::integer as aborted from task`,
    )
    expect(tasks).toEqual({ succeeded, aborted: commands.length - succeeded })
    const [runs] = await dataSource.query<object[]>(
      `select count(*)::integer as ended, count(event.id)::integer as events,
              bool_and((run.state = 'aborted') = exists (select from task where run_id = run.id and state = 'failed'))
                as honest
       from run left join event on event.subject_id = run.id where run.finished_at is not null`,
    )
    expect(runs).toEqual({ ended: runCount, events: runCount, honest: true })
  })

  it('ends every task once that is to be aborted, while the others and their runs go on', async () => {
    const commands = await dispatchedCommands()
    const settleAborts = new SettleAborts(unitOfWork, clock, new NotingDispatcher(), renderer, new SilentDoorbell())
    const abortTask = new AbortTask(database.subAppWork, clock, new SilentDoorbell())
    const [asked, left] = [commands.slice(0, 50), commands.slice(50)]
    await Promise.all(asked.map(({ taskId }) => abortTask.execute(mainSubApp, taskId)))
    const ended = await Promise.all([1, 2, 3].map(() => settleAborts.execute()))
    expect(ended.reduce((sum, count) => sum + count, 0)).toBe(asked.length)
    expect(await settleTasks.execute(asked)).toEqual(asked.map(() => 'stale'))
    expect(await settleTasks.execute(left)).toEqual(left.map(() => 'succeeded'))
    const runs = await dataSource.query<object[]>('select state, count(*)::integer as count from run group by 1')
    expect(runs).toEqual([{ state: 'finished', count: runCount }])
  })

  it('notes progress without waiting for a task that is being settled', async () => {
    const [held, free] = await dispatchedCommands()
    if (held === undefined || free === undefined) throw new Error('nothing was dispatched')
    const progress = [held, free].map(({ taskId, generation }) => ({
      taskId,
      generation,
      kind: 'imageSprites' as const,
      percent: 50,
      ...{ framesDone: 1, frames: 2 },
    }))
    await unitOfWork.run(async ({ runs }) => {
      await runs.lockTasks([held.taskId])
      await unitOfWork.stores.runs.recordProgress(progress)
    })
    const noted = await unitOfWork.run(({ runs }) => runs.lockTasks([held.taskId, free.taskId]))
    const percents = new Map(noted.map(({ task }) => [task.id, task.progressPercent]))
    expect([percents.get(held.taskId), percents.get(free.taskId)]).toEqual([0, 50])
  })

  it('leaves no task waiting for a media that becomes ready while its run is being accepted', async () => {
    const media = aMedia({ state: 'ingesting', info: undefined })
    await unitOfWork.stores.media.insert(media)
    const run = aRun(media)
    const task = aTask(run, 'coverBySnapshot')
    const order: string[] = []
    let becoming = Promise.resolve()
    await unitOfWork.run(async (accepting) => {
      const seen = await accepting.media.findForRun(media.subAppId, media.id)
      expect(seen?.state).toBe('ingesting')
      becoming = unitOfWork.run(async (settling) => {
        await settling.media.becomeReady(media.id, aMediaInfo)
        order.push('ready')
        await settling.runs.releaseTasksOf(media.id, at)
      })
      await waitingForALock()
      await accepting.runs.insert(run, [task], undefined)
      order.push('accepted')
    })
    await becoming
    expect(order).toEqual(['accepted', 'ready'])
    const { tasks } = await unitOfWork.run(({ runs }) => runs.claimDue(everyDepth(1), at, at))
    expect(tasks.map((due) => due.task.id)).toEqual([task.id])
  })

  /** Until some transaction waits for another one's lock; the test's own time limit ends a wait in vain. */
  async function waitingForALock(): Promise<void> {
    const waiting = `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
    while ((await dataSource.query<unknown[]>(waiting)).length === 0);
  }
})
