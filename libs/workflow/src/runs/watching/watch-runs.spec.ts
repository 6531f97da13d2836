import { mainSubApp, newRunId, type RunId, type SubAppId } from '@libs/kernel'
import { acceptRun, aMedia, anOutput, claimDue, MemoryUnitOfWork } from '@libs/testing'
import { DescribeRun } from '../describe-run'
import type { SucceededTask } from '../run'
import { type RunWatcher, WatchRuns } from './watch-runs'

const at = new Date(1_795_000_000_000)

/** A watcher that keeps what it is told. */
function aWatcher() {
  const seen: Parameters<RunWatcher>[0][] = []
  const watcher: RunWatcher = (report) => void seen.push(report)
  const states = () =>
    seen.map(
      (report) => report && [report.run.state, ...report.tasks.map((task) => `${task.state} ${task.progressPercent}`)],
    )
  return { watcher, seen, states }
}

describe('WatchRuns', () => {
  const unitOfWork = new MemoryUnitOfWork()
  const { subAppWork } = unitOfWork
  const looks = jest.spyOn(subAppWork, 'run')
  let watchRuns: WatchRuns
  let runId: RunId

  beforeEach(async () => {
    const media = aMedia()
    await unitOfWork.stores.media.insert(media)
    const kinds = ['imageSprites', 'coverBySnapshot'] as const
    runId = (await acceptRun(unitOfWork, { media, of: {}, kinds, due: at })).run.id
    watchRuns = new WatchRuns(subAppWork, new DescribeRun(subAppWork))
    jest.useFakeTimers()
  })

  afterEach(() => {
    watchRuns.stop()
    jest.useRealTimers()
  })

  const look = () => jest.advanceTimersByTimeAsync(500)

  async function claim() {
    const { tasks } = await claimDue(unitOfWork, 10, at)
    return tasks.map(({ task }) => task).filter((task) => task.runId === runId)
  }

  async function succeedAll(tasks: Awaited<ReturnType<typeof claim>>): Promise<void> {
    await unitOfWork.run(async ({ runs }) => {
      await runs.succeedTasks(
        tasks.map((task) => ({ ...task, output: anOutput[task.kind as 'imageSprites'] }) as SucceededTask),
        at,
      )
      await runs.finishEnded([runId], at)
    })
  }

  it('tells how a run is, what changes, and what came of it', async () => {
    const { watcher, states, seen } = aWatcher()
    await watchRuns.execute(mainSubApp, runId, watcher)
    expect(states()).toEqual([['waiting', 'waiting 0', 'waiting 0']])
    const tasks = await claim()
    await look()
    const [sprite] = tasks
    if (sprite === undefined) throw new Error('nothing was claimed')
    const told = { percent: 40, framesDone: 4, frames: 10 }
    await unitOfWork.stores.runs.recordProgress([{ taskId: sprite.id, generation: 1, kind: sprite.kind, ...told }])
    await look()
    await succeedAll(tasks)
    await look()
    expect(states().slice(1)).toEqual([
      ['processing', 'dispatched 0', 'dispatched 0'],
      ['processing', 'dispatched 40', 'dispatched 0'],
      ['finished', 'succeeded 100', 'succeeded 100'],
    ])
    expect(seen.at(-1)?.tasks.map(({ output }) => output)).toEqual([anOutput.imageSprites, anOutput.coverBySnapshot])
  })

  it('looks once for all who watch, no more when the run has ended, and holds nothing in between', async () => {
    const watchers = [aWatcher(), aWatcher()]
    looks.mockClear()
    for (const { watcher } of watchers) await watchRuns.execute(mainSubApp, runId, watcher)
    const tasks = await claim()
    await look()
    await succeedAll(tasks)
    await look()
    await look()
    // Two who came, and two times that there was something to look for.
    expect(looks).toHaveBeenCalledTimes(4)
    for (const { states } of watchers) expect(states().at(-1)?.[0]).toBe('finished')
  })

  it('does not look for whoever has left', async () => {
    const { watcher, seen } = aWatcher()
    const leave = await watchRuns.execute(mainSubApp, runId, watcher)
    leave()
    looks.mockClear()
    await claim()
    await look()
    expect(seen).toHaveLength(1)
    expect(looks).not.toHaveBeenCalled()
  })

  it('goes on when the database was away', async () => {
    const { watcher, states } = aWatcher()
    await watchRuns.execute(mainSubApp, runId, watcher)
    looks.mockRejectedValueOnce(new Error('away'))
    await claim()
    await look()
    expect(states()).toHaveLength(1)
    await look()
    expect(states().at(-1)?.[0]).toBe('processing')
  })

  it('says that there is no more of a run that is gone', async () => {
    const { watcher, seen } = aWatcher()
    await watchRuns.execute(mainSubApp, runId, watcher)
    unitOfWork.tables.runs.delete(runId)
    await look()
    expect(seen.at(-1)).toBeUndefined()
  })

  it('ends with its process, for whoever comes late as well', async () => {
    const [early, late] = [aWatcher(), aWatcher()]
    await watchRuns.execute(mainSubApp, runId, early.watcher)
    watchRuns.stop()
    await watchRuns.execute(mainSubApp, runId, late.watcher)
    for (const { seen } of [early, late]) expect(seen.map((report) => report?.run.id)).toEqual([runId, undefined])
  })

  it('finds no run of others, and none that is not there', async () => {
    const { watcher, seen } = aWatcher()
    const refused = { code: 'run.notFound' }
    await expect(watchRuns.execute(7 as SubAppId, runId, watcher)).rejects.toMatchObject(refused)
    await expect(watchRuns.execute(mainSubApp, newRunId(1), watcher)).rejects.toMatchObject(refused)
    expect(seen).toEqual([])
  })
})
