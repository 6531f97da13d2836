import { mainSubApp, newEventId, newMediaId, type SubAppId } from '@libs/kernel'
import { defaultEventConfig, type EventConfig, type Run, type StoredEvent, type UnitOfWork } from '@libs/workflow'
import { aMedia } from '../builders/media'
import { aRun, aTask } from '../builders/run'

const at = new Date(1_795_000_000_000)
const later = (ms: number) => new Date(at.getTime() + ms)
const push: EventConfig = { ...defaultEventConfig, mode: 'push', url: 'https://example.com/hook' }
const pull: EventConfig = defaultEventConfig
const limits = { limit: 10, mostPerEndpoint: 8, failuresToOpen: 10 }

/** What every store of events must do; `open` gives an empty one. */
export function eventStoreContract(open: () => Promise<UnitOfWork>): void {
  let unitOfWork: UnitOfWork
  let run: Run

  beforeEach(async () => {
    unitOfWork = await open()
    const media = aMedia()
    run = aRun(media)
    await unitOfWork.stores.media.insert(media)
    await unitOfWork.run(({ runs }) => runs.insert(run, [aTask(run, 'coverBySnapshot')], at))
  })

  function anEvent(stateKey: string, createdAt = at): StoredEvent {
    const id = newEventId(createdAt.getTime())
    const about = { subAppId: mainSubApp, dialect: 'tencent-vod', subjectId: run.id, stateKey }
    return { ...about, id, body: `{"b":1, "a":"${stateKey}"}`, createdAt }
  }

  const insert = (event: StoredEvent, config: EventConfig) =>
    unitOfWork.run(({ events }) => events.insert([{ event, config }]))
  const claim = (now: Date) => unitOfWork.run(({ deliveries }) => deliveries.claim(limits, now, 60_000))
  const pullAt = (now: Date, limit = 16, subAppId = mainSubApp) =>
    unitOfWork.run(({ events }) => events.pull(subAppId, limit, now, new Date(now.getTime() + 30_000)))
  const confirmAt = (handles: readonly string[], now: Date) =>
    unitOfWork.run(({ events }) => events.confirm(mainSubApp, handles, now))

  it('keeps the bytes of an event, and one event for each state of a run', async () => {
    const event = anEvent('finish')
    await insert(event, push)
    await insert(anEvent('finish'), push)
    const { id: eventId, dialect, body } = event
    const first = { signKey: '', secret: '', attempt: 1, token: 1 }
    const about = { runId: run.id }
    expect(await claim(at)).toEqual([{ eventId, url: push.url, dialect, body, about, ...first }])
  })

  it('keeps events about media, which need not be there any more', async () => {
    const event = { ...anEvent('deleted'), subjectId: newMediaId(1) }
    await insert(event, pull)
    await insert({ ...anEvent('deleted'), subjectId: event.subjectId }, pull)
    expect(await pullAt(at)).toMatchObject([{ body: event.body }])
  })

  it('shows pulled events to one puller at a time, oldest first', async () => {
    const [old, young] = [anEvent('t1', later(-10)), anEvent('finish')]
    await insert(young, pull)
    await insert(old, pull)
    expect(await claim(at)).toEqual([])
    expect(await pullAt(at, 16, 9 as SubAppId)).toEqual([])
    const shown = await pullAt(at)
    expect(shown.map(({ body }) => body)).toEqual([old.body, young.body])
    expect(await pullAt(later(29_999))).toEqual([])
    const again = await pullAt(later(30_000), 1)
    expect(again).toHaveLength(1)
    expect(again[0]?.handle).not.toBe(shown[0]?.handle)
  })

  it('confirms by the latest handle while it is valid', async () => {
    await insert(anEvent('finish'), pull)
    const [first] = await pullAt(at)
    if (first === undefined) throw new Error('nothing was pulled')
    expect(first.handle).toMatch(/^\d{19}$/)
    expect(await confirmAt([first.handle], later(30_000))).toEqual([])
    const [second] = await pullAt(later(30_000))
    if (second === undefined) throw new Error('nothing was pulled')
    expect(await confirmAt([first.handle, second.handle], later(30_001))).toEqual([second.handle])
    expect(await confirmAt([second.handle], later(30_002))).toEqual([])
    expect(await pullAt(later(1e9))).toEqual([])
  })

  it('counts what waits, and takes away what has waited too long, oldest first', async () => {
    const { events } = unitOfWork.stores
    await insert(anEvent('t1', later(-20)), pull)
    await insert(anEvent('t2', later(-10)), pull)
    await insert(anEvent('finish'), pull)
    expect(await events.countToPull(mainSubApp)).toBe(3)
    expect(await events.countToPull(9 as SubAppId)).toBe(0)
    expect(await events.forgetUnpulled(at, 1)).toBe(1)
    expect((await pullAt(at, 1)).map(({ body }) => body)).toEqual([anEvent('t2').body])
    expect(await events.forgetUnpulled(at, 9)).toBe(1)
    expect(await events.forgetUnpulled(at, 9)).toBe(0)
    expect(await events.countToPull(mainSubApp)).toBe(1)
  })

  it('keeps how a sub-application is told', async () => {
    const { events } = unitOfWork.stores
    expect(await events.findConfig(mainSubApp)).toBeUndefined()
    const switched = {
      ...pull,
      tellsUploads: true,
      tellsDeletions: true,
      tellsPersistence: true,
      signKey: 'k',
      secret: 's',
    }
    await events.saveConfig(mainSubApp, push)
    await events.saveConfig(mainSubApp, switched)
    expect(await events.findConfig(mainSubApp)).toEqual(switched)
    expect(await events.findConfig(9 as SubAppId)).toBeUndefined()
    expect(await events.findConfigs([9 as SubAppId, mainSubApp])).toEqual(new Map([[mainSubApp, switched]]))
  })
}
