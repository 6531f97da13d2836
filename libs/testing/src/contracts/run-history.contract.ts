import type { Media, Run, RunTask, UnitOfWork } from '@libs/workflow'
import { mainSubApp, newRunId, type SubAppId } from '@libs/kernel'
import type { OutputOf } from '@libs/tasks'
import { acceptRun, claimDue } from '../builders/accept-run'
import { aMedia } from '../builders/media'
import { anOutput } from '../builders/output'
import { succeedTask } from '../builders/settled-task'

const at = new Date(1_795_000_000_000)
const later = (ms: number) => new Date(at.getTime() + ms)

/** What every store of the history of runs must do; `open` gives an empty one. */
export function runHistoryContract(open: () => Promise<UnitOfWork>): void {
  let unitOfWork: UnitOfWork
  let media: Media

  beforeEach(async () => {
    unitOfWork = await open()
    media = aMedia()
    await unitOfWork.stores.media.insert(media)
  })

  it('tells of a media the latest result of each kind and template', async () => {
    const other = aMedia()
    await unitOfWork.stores.media.insert(other)
    const kind = 'sampleSnapshot'
    await succeedTask(unitOfWork, { media, kind, finishedAt: at })
    const latest = await succeedTask(unitOfWork, { media, kind, finishedAt: later(2) })
    await succeedTask(unitOfWork, { media, kind, finishedAt: later(1) })
    const custom = await succeedTask(unitOfWork, { media, kind, definition: 1_000, finishedAt: at })
    const sprite = await succeedTask(unitOfWork, { media, kind: 'imageSprites', definition: 20 })
    const theirs = await succeedTask(unitOfWork, { media: other, kind })
    await acceptRun(unitOfWork, { media, of: {}, kinds: ['snapshotByTimeOffset'], due: later(10) })
    const { history } = unitOfWork.stores
    const own = [latest, sprite, custom].map(({ task }) => ({ mediaId: media.id, task }))
    expect(await history.latestOf([media.id])).toEqual(own)
    expect(await history.latestOf([media.id, other.id])).toHaveLength(4)
    expect(await history.latestOf([other.id])).toEqual([{ mediaId: other.id, task: theirs.task }])
  })

  it('tells of a media the latest task that brought files of a sort, whatever other tasks brought after it', async () => {
    const other = aMedia()
    await unitOfWork.stores.media.insert(other)
    const { history } = unitOfWork.stores
    const made = async (ms: number, files: Partial<OutputOf<'imageSprites'>>) => {
      const output = { ...anOutput.imageSprites, ...files }
      return (await succeedTask(unitOfWork, { media, kind: 'imageSprites', finishedAt: later(ms), output })).task
    }
    const cells = anOutput.sampleSnapshot.stills
    await made(1, { cells })
    const deleted = await made(3, {})
    const whole = await made(2, { cells, sheets: [] })
    await succeedTask(unitOfWork, { media: other, kind: 'imageSprites', finishedAt: later(9) })
    const stills = await succeedTask(unitOfWork, { media, kind: 'snapshotByTimeOffset', finishedAt: later(1) })
    expect(await history.latestWith(media.id, 'cells')).toEqual(whole)
    expect(await history.latestWith(media.id, 'sheets')).toEqual(deleted)
    expect(await history.latestWith(media.id, 'vtt')).toEqual(deleted)
    expect(await history.latestWith(media.id, 'stills')).toEqual(stills.task)
    expect(await history.latestWith(media.id, 'cover')).toBeUndefined()
    const none = await made(4, { sheets: [], cells: [] })
    expect(await history.latestWith(media.id, 'cells')).toEqual(whole)
    expect(await history.latestWith(media.id, 'vtt')).toEqual(none)
    await acceptRun(unitOfWork, { media, of: {}, kinds: ['imageSprites'], due: later(10) })
    expect(await history.latestWith(media.id, 'sheets')).toEqual(deleted)
  })

  it('lists what callers asked for, page by page, either way', async () => {
    const { history } = unitOfWork.stores
    const accept = (of: Partial<Run>, ms: number) =>
      acceptRun(unitOfWork, { media, of: { ...of, createdAt: later(ms) }, kinds: ['coverBySnapshot'], due: at })
    const runs = [await accept({}, 1), await accept({ type: 'pull' }, 2), await accept({}, 2), await accept({}, 3)]
    await accept({ type: 'ingest' }, 4)
    const expected = runs.map(({ run }) => run).toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))
    const query = { by: 'createdAt', order: 'ascending', limit: 3 } as const
    const first = await history.list(mainSubApp, query)
    expect(first).toEqual(expected.slice(0, 3))
    const last = first.at(-1)
    const from = last && { at: last.createdAt, id: last.id }
    expect(await history.list(mainSubApp, { ...query, from })).toEqual(expected.slice(3))
    const downward = await history.list(mainSubApp, { ...query, order: 'descending', limit: 10 })
    expect(downward).toEqual(expected.toReversed())
    const before = await history.list(mainSubApp, { ...query, order: 'descending', from, limit: 10 })
    expect(before).toEqual(expected.slice(0, 2).toReversed())
    expect(await history.list(7 as SubAppId, query)).toEqual([])
  })

  it('lists the runs of a media, of a state or of a time', async () => {
    const other = aMedia()
    await unitOfWork.stores.media.insert(other)
    const { run: done } = await succeedTask(unitOfWork, { media, kind: 'sampleSnapshot', finishedAt: later(5) })
    const { run: open, tasks } = await acceptRun(unitOfWork, {
      media: other,
      of: { createdAt: later(9) },
      kinds: ['imageSprites'],
      due: at,
    })
    const ids = async (query: object, by: 'createdAt' | 'finishedAt' = 'createdAt') => {
      const found = await unitOfWork.stores.history.list(mainSubApp, { by, order: 'ascending', limit: 9, ...query })
      return found.map(({ id }) => id)
    }
    expect(await ids({ mediaId: media.id })).toEqual([done.id])
    expect(await ids({ id: open.id })).toEqual([open.id])
    expect(await ids({ type: 'pull' })).toEqual([])
    expect(await ids({ outcome: 'succeeded' })).toEqual([done.id])
    expect(await ids({ outcome: 'failed' })).toEqual([])
    expect(await ids({ states: ['waiting', 'processing'] })).toEqual([open.id])
    expect(await ids({ createdAt: { after: later(6) } })).toEqual([open.id])
    expect(await ids({ createdAt: { after: later(5), before: later(9) } })).toEqual([done.id])
    expect(await ids({ finishedAt: { before: later(6) } })).toEqual([done.id])
    expect(await ids({ finishedAt: { after: later(6) } })).toEqual([])
    expect(await ids({}, 'finishedAt')).toEqual([done.id])
    expect(await unitOfWork.stores.history.idsOfMedia(other.id)).toEqual([open.id])
    const fault = { code: 'internal', detail: 'why' } as const
    await unitOfWork.run(async ({ runs }) => {
      await runs.failTasks(
        tasks.map((task) => ({ task, fault })),
        later(10),
      )
      await runs.finishEnded([open.id], later(10))
    })
    expect(await ids({ outcome: 'failed' })).toEqual([open.id])
  })

  it('finds and lists the tasks that make pictures, page by page, either way', async () => {
    const { history } = unitOfWork.stores
    const kinds = ['sampleSnapshot', 'coverBySnapshot'] as const
    const accept = (ms: number) => acceptRun(unitOfWork, { media, of: { createdAt: later(ms) }, kinds, due: at })
    const accepted = [await accept(1), await accept(2), await accept(2)]
    await acceptRun(unitOfWork, { media, of: { type: 'pull' }, kinds: ['ingest'], due: at })
    const expected = accepted
      .toSorted((a, b) => (rank(a.run) < rank(b.run) ? -1 : 1))
      .flatMap(({ run, tasks }) => tasks.map((task) => ({ run, task })))
    const placeOf = (each: RunTask | undefined) =>
      each && { at: each.run.createdAt, runId: each.run.id, index: each.task.index }
    const first = await history.listTasks(mainSubApp, { order: 'ascending', limit: 3 })
    expect(first).toEqual(expected.slice(0, 3))
    const from = placeOf(first.at(-1))
    expect(await history.listTasks(mainSubApp, { order: 'ascending', from, limit: 9 })).toEqual(expected.slice(3))
    const downward = await history.listTasks(mainSubApp, { order: 'descending', limit: 9 })
    expect(downward).toEqual(expected.toReversed())
    const back = await history.listTasks(mainSubApp, { order: 'descending', from, limit: 9 })
    expect(back).toEqual(expected.slice(0, 2).toReversed())
    expect(await history.listTasks(7 as SubAppId, { order: 'ascending', limit: 9 })).toEqual([])
    const [one] = expected
    if (one === undefined) throw new Error('nothing was accepted')
    expect(await history.findTask(mainSubApp, one.task.id)).toEqual(one)
    expect(await history.findTask(7 as SubAppId, one.task.id)).toBeUndefined()
  })

  it('lists the tasks of a run, a media, a kind, a state or a time', async () => {
    const other = aMedia()
    await unitOfWork.stores.media.insert(other)
    const done = await succeedTask(unitOfWork, { media, kind: 'sampleSnapshot', finishedAt: later(5) })
    const open = await acceptRun(unitOfWork, {
      media: other,
      of: { createdAt: later(9) },
      kinds: ['imageSprites'],
      due: at,
    })
    const runIds = async (query: object) => {
      const found = await unitOfWork.stores.history.listTasks(mainSubApp, { order: 'ascending', limit: 9, ...query })
      return found.map(({ run }) => run.id)
    }
    expect(await runIds({})).toEqual([done.run.id, open.run.id])
    for (const query of [{ runId: done.run.id }, { mediaId: media.id }, { kind: 'sampleSnapshot' }]) {
      expect(await runIds(query)).toEqual([done.run.id])
    }
    expect(await runIds({ state: 'succeeded' })).toEqual([done.run.id])
    expect(await runIds({ state: 'waiting' })).toEqual([open.run.id])
    expect(await runIds({ state: 'dispatched' })).toEqual([])
    expect(await runIds({ createdAt: { after: later(5), before: later(9) } })).toEqual([done.run.id])
  })

  it('sees how far runs are that make pictures, and no more of them', async () => {
    const kinds = ['imageSprites', 'coverBySnapshot'] as const
    const { run } = await acceptRun(unitOfWork, { media, of: {}, kinds, due: at })
    const waits = await acceptRun(unitOfWork, { media, of: {}, kinds: ['sampleSnapshot'], due: 'after ingest' })
    const pull = await acceptRun(unitOfWork, { media, of: { type: 'pull' }, kinds: ['ingest'], due: 'after ingest' })
    const { tasks: claimed } = await claimDue(unitOfWork, 10, at)
    const cover = claimed.find(({ task }) => task.kind === 'coverBySnapshot')?.task
    if (cover === undefined) throw new Error('nothing was claimed')
    const frameCount = { framesDone: 5, frames: 70 }
    const told = { taskId: cover.id, generation: 1, kind: cover.kind, percent: 7, ...frameCount }
    await unitOfWork.stores.runs.recordProgress([told])
    const ids = [waits.run.id, newRunId(1), pull.run.id, run.id]
    expect(await unitOfWork.stores.history.sightsOf(ids)).toEqual([
      { runId: waits.run.id, state: 'waiting', tasks: [{ state: 'waiting', progressPercent: 0 }] },
      {
        runId: run.id,
        state: 'processing',
        tasks: [
          { state: 'dispatched', progressPercent: 0 },
          { state: 'dispatched', progressPercent: 7, frameCount },
        ],
      },
    ])
  })

  it('finds a pull, and no other run for one', async () => {
    const { history } = unitOfWork.stores
    const pull = await acceptRun(unitOfWork, { media, of: { type: 'pull' }, kinds: ['ingest'], due: at })
    const process = await acceptRun(unitOfWork, { media, of: {}, kinds: ['imageSprites'], due: at })
    expect(await history.findPull(mainSubApp, pull.run.id)).toEqual(pull.run)
    expect(await history.findPull(7 as SubAppId, pull.run.id)).toBeUndefined()
    expect(await history.findPull(mainSubApp, process.run.id)).toBeUndefined()
  })
}

function rank({ createdAt, id }: Run): string {
  return `${createdAt.toISOString()} ${id}`
}
