import { mainSubApp, newRunId, newTaskId, type SubAppId } from '@libs/kernel'
import type { KindName } from '@libs/tasks'
import { clocksDifferMs, type Media, type Run, type UnitOfWork } from '@libs/workflow'
import { aMedia } from '../builders/media'
import { anOutput } from '../builders/output'
import { acceptRun, claimDue } from '../builders/accept-run'
import { aRun, aTask } from '../builders/run'

const at = new Date(1_795_000_000_000)
const later = (ms: number) => new Date(at.getTime() + ms)

/** What every store of runs must do; `open` gives an empty one. */
export function runStoreContract(open: () => Promise<UnitOfWork>): void {
  let unitOfWork: UnitOfWork
  let media: Media

  beforeEach(async () => {
    unitOfWork = await open()
    media = aMedia()
    await unitOfWork.stores.media.insert(media)
  })

  const accept = (of: Partial<Run>, kinds: readonly KindName[], due?: Date | 'after ingest') =>
    acceptRun(unitOfWork, { media, of, kinds, due: due ?? at })
  const claimAll = (depth: number, now: Date) => claimDue(unitOfWork, depth, now)
  const claim = async (depth = 10, now = at) => (await claimAll(depth, now)).tasks

  it('gives back a run with its tasks in order', async () => {
    const given = { callbackUrl: 'http://own.example.com/', userData: '{"a":"\\u0000"}', written: 'words' }
    const { run, tasks } = await accept({ sessionContext: 'c', ...given }, ['snapshotByTimeOffset', 'coverBySnapshot'])
    expect(await unitOfWork.stores.runs.findProcess(mainSubApp, run.id)).toEqual({ run, tasks })
  })

  it('hides a run from other sub-applications', async () => {
    const { run } = await accept({}, ['coverBySnapshot'])
    expect(await unitOfWork.stores.runs.findProcess(7 as SubAppId, run.id)).toBeUndefined()
    expect(await unitOfWork.stores.runs.findProcess(mainSubApp, newRunId(1))).toBeUndefined()
  })

  it('claims what is due once, with its next generation, its run and its media', async () => {
    const { run } = await accept({}, ['coverBySnapshot'])
    const [claimed, ...others] = await claim()
    expect(others).toEqual([])
    expect(claimed).toMatchObject({ task: { state: 'dispatched', generation: 1 }, run: { id: run.id }, media })
    expect(await claim()).toEqual([])
  })

  it('does not claim what is not due yet or waits for its media', async () => {
    await accept({}, ['coverBySnapshot'], later(1_000))
    const waiting = await accept({}, ['sampleSnapshot'], 'after ingest')
    expect(await claim()).toEqual([])
    await unitOfWork.run(({ runs }) => runs.releaseTasksOf(media.id, at))
    expect((await claim()).map(({ task }) => task.id)).toEqual(waiting.tasks.map(({ id }) => id))
  })

  it('claims what another clock says is due in a moment', async () => {
    await accept({}, ['coverBySnapshot'], later(clocksDifferMs + 1))
    expect(await claim()).toEqual([])
    expect(await claim(10, later(1))).toMatchObject([{ task: { startedAt: later(1) } }])
  })

  it('counts what waits in a sub-application, no further than it is asked to', async () => {
    const { runs } = unitOfWork.stores
    await accept({}, ['coverBySnapshot', 'sampleSnapshot'])
    await accept({}, ['imageSprites'], 'after ingest')
    expect(await runs.countWaiting(mainSubApp, 10)).toBe(3)
    expect(await runs.countWaiting(mainSubApp, 2)).toBe(2)
    expect(await runs.countWaiting(7 as SubAppId, 10)).toBe(0)
    await claim()
    expect(await runs.countWaiting(mainSubApp, 10)).toBe(1)
  })

  it('counts what is due and what is dispatched, and says since when', async () => {
    const { runs } = unitOfWork.stores
    const open = async () =>
      (await runs.countOpen(at)).toSorted((a, b) => `${a.kind} ${a.state}`.localeCompare(`${b.kind} ${b.state}`))
    expect(await open()).toEqual([])
    await accept({}, ['coverBySnapshot'], later(1_000))
    await accept({}, ['sampleSnapshot', 'imageSprites'], later(-2_000))
    await accept({}, ['sampleSnapshot', 'sampleSnapshot'], later(-1_000))
    await accept({ queue: 'nobody made it' }, ['sampleSnapshot'], later(-3_000))
    await accept({}, ['sampleSnapshot'], 'after ingest')
    expect(await open()).toEqual([
      { kind: 'imageSprites', state: 'waiting', count: 1, since: later(-2_000) },
      { kind: 'sampleSnapshot', state: 'waiting', count: 4, since: later(-3_000) },
    ])
    await claim(10, later(-500))
    expect(await open()).toEqual([
      { kind: 'imageSprites', state: 'dispatched', count: 1, since: later(-500) },
      { kind: 'sampleSnapshot', state: 'dispatched', count: 3, since: later(-500) },
      { kind: 'sampleSnapshot', state: 'waiting', count: 1, since: later(-3_000) },
    ])
  })

  it('claims the higher priority first, and within one the older', async () => {
    const low = await accept({ priority: -10 }, ['coverBySnapshot'], later(-3_000))
    const newer = await accept({ priority: 5 }, ['coverBySnapshot'], later(-1_000))
    const older = await accept({ priority: 5 }, ['coverBySnapshot'], later(-2_000))
    const claimed = [await claim(1), await claim(2), await claim(3)].map(([only]) => only?.run.id)
    expect(claimed).toEqual([older, newer, low].map(({ run }) => run.id))
  })

  it('claims of each kind what brings those at the queue to the depth', async () => {
    for (let n = 0; n < 3; n += 1) await accept({}, ['coverBySnapshot', 'imageSprites'])
    const kindsOf = async (depth: number) => (await claim(depth)).map(({ task }) => task.kind).sort()
    expect(await kindsOf(2)).toEqual(['coverBySnapshot', 'coverBySnapshot', 'imageSprites', 'imageSprites'])
    expect(await kindsOf(2)).toEqual([])
    expect((await claimAll(2, at)).more).toBe(true)
    expect(await kindsOf(3)).toEqual(['coverBySnapshot', 'imageSprites'])
    expect((await claimAll(3, at)).more).toBe(false)
  })

  it('settles a task only at its latest generation', async () => {
    const { run } = await accept({}, ['coverBySnapshot'])
    const [first] = await claim()
    if (first === undefined) throw new Error('nothing was claimed')
    await unitOfWork.run(({ runs }) => runs.postponeTasks([{ task: first.task, tries: 1, dueAt: at }]))
    const [second] = await claim()
    expect(second?.task).toMatchObject({ generation: 2, tries: 1 })
    const stale = { ...first.task, output: anOutput.coverBySnapshot } as never
    await unitOfWork.run(({ runs }) => runs.succeedTasks([stale], at))
    await unitOfWork.run(({ runs }) =>
      runs.failTasks([{ task: first.task, fault: { code: 'internal', detail: 'late' } }], at),
    )
    const report = await unitOfWork.stores.runs.findProcess(mainSubApp, run.id)
    expect(report?.tasks[0]).toMatchObject({ state: 'dispatched', generation: 2, output: undefined, fault: undefined })
  })

  it('keeps an output and a fault as they were brought', async () => {
    const { run } = await accept({}, ['imageSprites', 'coverBySnapshot'])
    const fault = { code: 'media.malformed', detail: 'broken' } as const
    for (const { task } of await claim()) {
      await unitOfWork.run(({ runs }) =>
        task.kind === 'imageSprites'
          ? runs.succeedTasks([{ ...task, output: anOutput.imageSprites }], later(5))
          : runs.failTasks([{ task, fault }], later(6)),
      )
    }
    const report = await unitOfWork.stores.runs.findProcess(mainSubApp, run.id)
    expect(report?.tasks).toMatchObject([
      { state: 'succeeded', output: anOutput.imageSprites, fault: undefined, finishedAt: later(5) },
      { state: 'failed', output: undefined, fault, finishedAt: later(6) },
    ])
  })

  it('locks a task with its run and media, or finds none', async () => {
    const { tasks, run } = await accept({}, ['coverBySnapshot'])
    const [task] = tasks
    if (task === undefined) throw new Error('no task')
    expect(await unitOfWork.run(({ runs }) => runs.lockTasks([task.id, newTaskId(1), task.id]))).toEqual([
      { task, run, media },
    ])
  })

  it('starts a run once, and finishes it once when all its tasks have ended', async () => {
    const { run } = await accept({}, ['imageSprites', 'coverBySnapshot'])
    const [first, second] = [await claim(1, later(1)), await claim(1, later(2))]
    const finish = (now: Date) => unitOfWork.run(({ runs }) => runs.finishEnded([run.id], now))
    for (const { task } of [...first, ...second]) {
      expect(await finish(later(3))).toEqual(new Set())
      await unitOfWork.run(({ runs }) => runs.failTasks([{ task, fault: { code: 'internal', detail: '' } }], at))
    }
    expect(await finish(later(4))).toEqual(new Set([run.id]))
    expect(await finish(later(5))).toEqual(new Set())
    const [report] = await unitOfWork.stores.runs.reportsOf([run.id])
    expect(report?.run).toMatchObject({ state: 'finished', startedAt: later(1), finishedAt: later(4) })
    expect(report?.tasks.map(({ kind }) => kind)).toEqual(['imageSprites', 'coverBySnapshot'])
  })

  it('notes how far tasks at the queue are: upward, of their latest dispatch, and 100 with success', async () => {
    const { run } = await accept({}, ['coverBySnapshot', 'imageSprites'])
    expect(await unitOfWork.stores.runs.dispatchedKinds()).toEqual([])
    const claimed = (await claim()).find(({ task }) => task.kind === 'coverBySnapshot')
    if (claimed?.task.kind !== 'coverBySnapshot') throw new Error('the first task was not claimed')
    expect([...(await unitOfWork.stores.runs.dispatchedKinds())].sort()).toEqual(['coverBySnapshot', 'imageSprites'])
    const { id: taskId, generation, kind } = claimed.task
    const tell = async (percent: number, of = generation): Promise<readonly number[] | undefined> => {
      const told = { generation: of, kind, percent, framesDone: 2 * percent, frames: 200 }
      const progress = [newTaskId(1), taskId].map((each) => ({ taskId: each, ...told }))
      await unitOfWork.stores.runs.recordProgress(progress)
      return (await unitOfWork.stores.runs.findProcess(mainSubApp, run.id))?.tasks.map((each) => each.progressPercent)
    }
    expect(await tell(40)).toEqual([40, 0])
    expect(await tell(30)).toEqual([40, 0])
    expect(await tell(60, generation - 1)).toEqual([40, 0])
    expect(await tell(41)).toEqual([41, 0])
    const seen = await unitOfWork.stores.runs.findProcess(mainSubApp, run.id)
    expect(seen?.tasks.map(({ frameCount }) => frameCount)).toEqual([{ framesDone: 82, frames: 200 }, undefined])
    const succeeded = { ...claimed.task, output: anOutput.coverBySnapshot }
    await unitOfWork.run(({ runs }) => runs.succeedTasks([succeeded], at))
    expect(await tell(99)).toEqual([100, 0])
    expect(await unitOfWork.stores.runs.dispatchedKinds()).toEqual(['imageSprites'])
  })

  it('tells which dispatched tasks to look for, and puts the next look off', async () => {
    await accept({}, ['coverBySnapshot'])
    const [claimed] = await claim()
    const overdue = (now: Date) =>
      unitOfWork.run(({ runs }) => runs.claimOverdue(10, now, new Date(now.getTime() + 15_000)))
    expect(await overdue(later(14_000))).toEqual([])
    const expected = { taskId: claimed?.task.id, generation: 1, kind: 'coverBySnapshot' }
    expect(await overdue(later(15_000))).toEqual([expected])
    expect(await overdue(later(16_000))).toEqual([])
    await unitOfWork.run(({ runs }) => runs.expectAllOverdue(later(17_000)))
    expect(await overdue(later(17_000))).toEqual([expected])
  })

  it('gives a session to one call within its window', async () => {
    const session = { scope: 'ProcessMedia', id: 's1', windowMs: 1_000 }
    const tryAt = (now: Date, of = session, subAppId = mainSubApp) =>
      unitOfWork.run(({ runs }) => runs.claimSession(subAppId, of, newRunId(now.getTime()), now))
    expect(await tryAt(at)).toBe(true)
    expect(await tryAt(later(999))).toBe(false)
    expect(await tryAt(at, { ...session, scope: 'other' })).toBe(true)
    expect(await tryAt(at, session, 9 as SubAppId)).toBe(true)
    expect(await tryAt(later(1_000))).toBe(true)
    expect(await tryAt(later(1_001))).toBe(false)
  })

  it('forgets old sessions, some at a time', async () => {
    const take = (id: string, now: Date) =>
      unitOfWork.run(({ runs }) => runs.claimSession(mainSubApp, { scope: 's', id, windowMs: 9e9 }, newRunId(0), now))
    const { runs } = unitOfWork.stores
    for (const [index, id] of ['a', 'b', 'c'].entries()) await take(id, later(index))
    expect(await runs.forgetSessions(later(2), 1)).toBe(1)
    expect(await runs.forgetSessions(later(2), 9)).toBe(1)
    expect(await runs.forgetSessions(later(2), 9)).toBe(0)
    expect(await Promise.all(['a', 'b', 'c'].map((id) => take(id, later(3))))).toEqual([true, true, false])
  })

  it('stores nothing of a unit of work that throws', async () => {
    const run = aRun(media)
    const work = unitOfWork.run(async ({ runs }) => {
      await runs.insert(run, [aTask(run, 'coverBySnapshot')], at)
      throw new Error('changed my mind')
    })
    await expect(work).rejects.toThrow('changed my mind')
    expect(await unitOfWork.stores.runs.findProcess(mainSubApp, run.id)).toBeUndefined()
    expect(await claim()).toEqual([])
  })
}
