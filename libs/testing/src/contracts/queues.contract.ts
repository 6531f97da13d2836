import { mainSubApp, type SubAppId } from '@libs/kernel'
import type { KindName } from '@libs/tasks'
import type { Media, NamedQueue, Run, UnitOfWork } from '@libs/workflow'
import { acceptRun, claimDue } from '../builders/accept-run'
import { aMedia } from '../builders/media'
import { anOutput } from '../builders/output'

const at = new Date(1_795_000_000_000)
const later = (ms: number) => new Date(at.getTime() + ms)
const other = 7 as SubAppId

const plain: NamedQueue = {
  ...{ name: 'q', comment: 'c', limit: null, priority: 0, paused: false },
  ...{ createdAt: at, updatedAt: at },
}

/** What every store must do with named queues; `open` gives an empty one. */
export function queuesContract(open: () => Promise<UnitOfWork>): void {
  let unitOfWork: UnitOfWork
  let media: Media

  beforeEach(async () => {
    unitOfWork = await open()
    media = aMedia()
    await unitOfWork.stores.media.insert(media)
  })

  const queue = (overrides: Partial<NamedQueue>, subAppId: SubAppId = mainSubApp) =>
    unitOfWork.stores.queues.insert(subAppId, { ...plain, ...overrides })
  const accept = (of: Partial<Run>, kinds: readonly KindName[] = ['coverBySnapshot'], due: Date = at) =>
    acceptRun(unitOfWork, { media, of: { queue: 'q', ...of }, kinds, due })
  const claim = (depth = 10) => claimDue(unitOfWork, depth, at)
  const change = (overrides: Partial<NamedQueue>) => unitOfWork.stores.queues.change(mainSubApp, 'q', overrides, at)
  const runsOf = async (depth = 10) => (await claim(depth)).tasks.map(({ run }) => run.id)

  it('keeps a queue under its name, one in each sub-application', async () => {
    const { queues } = unitOfWork.stores
    expect(await queue({ limit: 3, priority: -2, paused: true })).toBe(true)
    expect(await queue({ comment: 'again' })).toBe(false)
    expect(await queue({ comment: 'theirs' }, other)).toBe(true)
    expect(await queue({ name: 'older', createdAt: later(-1) })).toBe(true)
    expect(await queues.find(mainSubApp, 'q')).toEqual({ ...plain, limit: 3, priority: -2, paused: true })
    expect(await queues.find(other, 'older')).toBeUndefined()
    expect((await queues.list(mainSubApp)).map(({ name }) => name)).toEqual(['older', 'q'])
    expect(await unitOfWork.run((stores) => stores.queues.countForInsert(mainSubApp))).toBe(2)
  })

  it('changes what is said, and nothing else', async () => {
    const { queues } = unitOfWork.stores
    await queue({ limit: 3 })
    expect(await queues.change(other, 'q', { paused: true }, at)).toBeUndefined()
    expect(await queues.change(mainSubApp, 'q', { paused: true }, later(5))).toEqual({
      ...plain,
      ...{ limit: 3, paused: true, updatedAt: later(5) },
    })
    expect(await queues.change(mainSubApp, 'q', { limit: null }, at)).toMatchObject({ limit: null, paused: true })
  })

  it('keeps and removes a queue of its owner, and knows whether anything is open in it', async () => {
    await queue({})
    await queue({}, other)
    const { run } = await accept({})
    const within = <Result>(work: (stores: UnitOfWork['stores']) => Promise<Result>) => unitOfWork.run(work)
    expect(await within(({ queues }) => queues.keep(mainSubApp, 'q'))).toBe(true)
    expect(await within(({ queues }) => queues.keep(mainSubApp, 'r'))).toBe(false)
    const hasOpen = (subAppId: SubAppId = mainSubApp) => unitOfWork.stores.queues.hasOpenTasks(subAppId, 'q')
    expect([await hasOpen(), await hasOpen(other)]).toEqual([true, false])
    const { tasks } = await claim()
    expect(await hasOpen()).toBe(true)
    const fault = { code: 'internal', detail: '' } as const
    await within(({ runs }) =>
      runs.failTasks(
        tasks.map(({ task }) => ({ task, fault })),
        at,
      ),
    )
    expect(await hasOpen()).toBe(false)
    expect(await unitOfWork.stores.queues.remove(mainSubApp, 'q')).toBe(true)
    expect(await unitOfWork.stores.queues.remove(mainSubApp, 'q')).toBe(false)
    expect(await unitOfWork.stores.queues.find(other, 'q')).toBeDefined()
    expect((await unitOfWork.stores.runs.findProcess(mainSubApp, run.id))?.run.queue).toBe('q')
  })

  it('claims no more of a queue than its limit, over all kinds and lots, and goes on when one has ended', async () => {
    await queue({ limit: 2 })
    for (let n = 0; n < 3; n += 1) await accept({}, ['coverBySnapshot', 'imageSprites'])
    const first = await claim()
    expect(first).toMatchObject({ tasks: { length: 2 }, more: true })
    expect(await claim()).toEqual({ tasks: [], more: true })
    const [ended, postponed] = first.tasks.map(({ task }) => task)
    if (ended === undefined || postponed === undefined) throw new Error('nothing was claimed')
    await unitOfWork.run(({ runs }) =>
      runs.succeedTasks([{ ...ended, output: anOutput[ended.kind] } as Parameters<typeof runs.succeedTasks>[0][0]], at),
    )
    expect((await claim()).tasks).toHaveLength(1)
    await unitOfWork.run(({ runs }) => runs.postponeTasks([{ task: postponed, tries: 1, dueAt: later(9_000) }]))
    expect((await claim()).tasks).toHaveLength(1)
    expect((await claim()).tasks).toEqual([])
  })

  it('limits nothing else: runs of no queue, of another, and of one of the same name elsewhere', async () => {
    await queue({ limit: 1 })
    await queue({ name: 'r' })
    await queue({ limit: 1 }, other)
    const waiting = [await accept({}), await accept({}, ['coverBySnapshot'], later(-1))]
    const free = [await accept({ queue: undefined }), await accept({ queue: 'r' }), await accept({ subAppId: other })]
    const claimed = await claim()
    expect(claimed.more).toBe(true)
    const expected = [waiting[1], ...free].map((accepted) => accepted?.run.id).toSorted()
    expect(claimed.tasks.map(({ run }) => run.id).toSorted()).toEqual(expected)
  })

  it('claims nothing of a paused queue, says that nothing is held back, and all of it when it goes on', async () => {
    await queue({ paused: true })
    const { run } = await accept({}, ['coverBySnapshot', 'imageSprites'])
    expect(await claim()).toEqual({ tasks: [], more: false })
    await change({ paused: false })
    expect(await runsOf()).toEqual([run.id, run.id])
  })

  it('claims no more when a limit falls below what is dispatched, and more when it rises or goes', async () => {
    await queue({ limit: 2 })
    for (let n = 0; n < 6; n += 1) await accept({})
    expect((await claim()).tasks).toHaveLength(2)
    await change({ limit: 1 })
    expect((await claim()).tasks).toEqual([])
    await change({ limit: 4 })
    expect((await claim()).tasks).toHaveLength(2)
    await change({ limit: null })
    expect(await claim()).toMatchObject({ tasks: { length: 2 }, more: false })
  })

  it('orders a queue by priority and age, and adds its own priority among others of its sub-application', async () => {
    await queue({ limit: 1, priority: 3 })
    await accept({ priority: 1 }, ['coverBySnapshot'], later(-5))
    const urgent = await accept({ priority: 2 })
    const between = await accept({ queue: undefined, priority: 4 }, ['coverBySnapshot'], later(-9))
    expect(await runsOf(1)).toEqual([urgent.run.id])
    expect(await runsOf(2)).toEqual([between.run.id])
  })

  it('gives the room of a queue to tasks whose kind has some', async () => {
    await queue({ limit: 1 })
    await accept({ queue: undefined })
    await claim(1)
    await accept({ priority: 9 }, ['coverBySnapshot'])
    await accept({ priority: -9 }, ['imageSprites'])
    expect((await claim(1)).tasks.map(({ task }) => task.kind)).toEqual(['imageSprites'])
  })

  it('gives the room of a queue to the first task of its sub-application, which needs none at its kind', async () => {
    await queue({ limit: 2 })
    await queue({ name: 'plain' })
    for (let n = 0; n < 2; n += 1) await accept({ queue: undefined, subAppId: other })
    await claim(2)
    for (let n = 0; n < 2; n += 1) await accept({ priority: 9 }, ['coverBySnapshot'])
    for (let n = 0; n < 3; n += 1) await accept({ priority: -9 }, ['imageSprites'])
    await accept({ queue: 'plain', priority: -9 }, ['coverBySnapshot'])
    const { tasks, more } = await claim(2)
    expect([tasks.map(({ task }) => task.kind).sort(), more]).toEqual([['coverBySnapshot', 'imageSprites'], true])
  })

  it('lets the tasks of a queue take turns with those of other sub-applications', async () => {
    await queue({}, other)
    for (let n = 0; n < 3; n += 1) await accept({ subAppId: other, priority: 10 })
    const single = await accept({ queue: undefined, priority: -10 })
    expect(await runsOf(2)).toContain(single.run.id)
  })
}
