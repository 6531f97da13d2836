import { mainSubApp, newEventId, newMediaId } from '@libs/kernel'
import { acceptRun, aMedia, MemoryUnitOfWork, NotingDispatcher, SilentDoorbell } from '@libs/testing'
import { defaultEventConfig } from '../../events/event'
import { SettleTasks } from '../settling/settle-tasks'
import { DispatchDue } from './dispatch-due'
import { QueueDepths } from './queue-depths'
import { Reconcile } from './reconcile'

/** Of a kind that nobody was seen at yet. */
const depth = 8
const leaseMs = 60_000
const renderer = { render: () => '', sign: (_dialect: string, body: string) => ({ body, headers: {} }) }

describe('dispatching', () => {
  let nowMs: number
  let unitOfWork: MemoryUnitOfWork
  let dispatchDue: DispatchDue
  let reconcile: Reconcile
  const clock = { nowMs: () => nowMs }

  beforeEach(() => {
    nowMs = 1_795_000_000_000
    unitOfWork = new MemoryUnitOfWork()
    const [dispatcher, doorbell] = [new NotingDispatcher(), new SilentDoorbell()]
    const settleTasks = new SettleTasks(unitOfWork, clock, renderer, doorbell)
    dispatchDue = new DispatchDue(unitOfWork, clock, dispatcher, settleTasks, new QueueDepths(clock))
    reconcile = new Reconcile(unitOfWork, clock, dispatcher, settleTasks, doorbell)
  })

  const accept = async (count: number) => {
    const media = aMedia()
    await unitOfWork.stores.media.insert(media)
    const due = new Date(nowMs)
    for (let n = 0; n < count; n += 1) await acceptRun(unitOfWork, { media, of: {}, kinds: ['imageSprites'], due })
  }
  const dispatched = () =>
    [...unitOfWork.tables.tasks.values()].filter(({ task }) => task.state === 'dispatched').length

  it('asks for another round only when more is due than there was room for', async () => {
    expect(await dispatchDue.execute()).toBe(0)
    await accept(depth)
    expect(await dispatchDue.execute()).toBe(0)
    expect([dispatched(), dispatchDue.isHeldBack]).toEqual([depth, false])
    await accept(1)
    expect(await dispatchDue.execute()).toBe(0)
    expect([dispatched(), dispatchDue.isHeldBack]).toEqual([depth, true])
  })

  it('says how many it sent when others wait', async () => {
    await accept(depth + 1)
    expect(await dispatchDue.execute()).toBe(depth)
    expect(dispatchDue.isHeldBack).toBe(true)
  })

  it('makes due again what a dead deliverer held', async () => {
    const about = { subAppId: mainSubApp, dialect: 'd', subjectId: newMediaId(nowMs), stateKey: '' }
    const event = { ...about, id: newEventId(nowMs), body: '{}', createdAt: new Date(nowMs) }
    const config = { ...defaultEventConfig, mode: 'push', url: 'https://example.com/hook' } as const
    await unitOfWork.stores.events.insert([{ event, config }])
    const limits = { limit: 1, mostPerEndpoint: 1, failuresToOpen: 9 }
    const claim = () => unitOfWork.stores.deliveries.claim(limits, new Date(nowMs), leaseMs)
    expect(await claim()).toHaveLength(1)
    nowMs += leaseMs
    expect(await claim()).toEqual([])
    await reconcile.execute()
    expect(await claim()).toMatchObject([{ attempt: 2 }])
  })
})
