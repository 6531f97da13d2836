import { mainSubApp, newEventId, newMediaId, type SubAppId } from '@libs/kernel'
import { MemoryUnitOfWork, SilentDoorbell } from '@libs/testing'
import { EventRenderer, type SignedEvent } from '../../ports/event-renderer.port'
import { EventSender, type SendResult } from '../../ports/event-sender.port'
import { defaultEventConfig } from '../event'
import { DescribeEndpoint, ModifyEventConfig } from '../event-config'
import { DeliverDue } from './deliver-due'
import type { Delivery } from './delivery'
import { deliveryWaitsMs } from './delivery-schedule'
import { Redeliver } from './redeliver'

const hourMs = 3_600_000
const config = { ...defaultEventConfig, mode: 'push', url: 'https://example.com/hook' } as const
const at = (url: string) => ({ ...config, url })
const tarPit = at('https://slow.example.com/')
const refusal = (httpStatus: number): SendResult => ({ status: 'failed', httpStatus, reason: 'no' })

class Renderer extends EventRenderer {
  override render(): string {
    return '{}'
  }

  override sign(_dialect: string, body: string): SignedEvent {
    return { body, headers: {} }
  }
}

class Sender extends EventSender {
  readonly sent: Delivery[] = []
  answer: (delivery: Delivery) => SendResult | Promise<SendResult> = () => ({ status: 'delivered' })

  override async send(delivery: Delivery): Promise<SendResult> {
    this.sent.push(delivery)
    return this.answer(delivery)
  }
}

describe('DeliverDue', () => {
  let nowMs: number
  let unitOfWork: MemoryUnitOfWork
  let sender: Sender
  let deliverDue: DeliverDue
  const clock = { nowMs: () => nowMs }

  beforeEach(() => {
    nowMs = 1_795_000_000_000
    unitOfWork = new MemoryUnitOfWork()
    sender = new Sender()
    deliverDue = new DeliverDue(unitOfWork, clock, new Renderer(), sender, new SilentDoorbell())
  })

  async function push(to: ReturnType<typeof at> = config, subAppId: SubAppId = mainSubApp): Promise<string> {
    const id = newEventId(nowMs)
    const about = { subAppId, dialect: 'd', subjectId: newMediaId(nowMs), stateKey: id }
    const event = { ...about, id, body: `{"é":"${id}"}`, createdAt: new Date(nowMs) }
    await unitOfWork.stores.events.insert([{ event, config: to }])
    return id
  }

  async function deliverFor(ms: number, stepMs: number): Promise<void> {
    for (const endMs = nowMs + ms; nowMs < endMs; nowMs += stepMs) {
      await deliverDue.execute()
      await deliverDue.settle()
    }
  }

  const stateOf = (id: string) => [...unitOfWork.tables.deliveries.values()].find(({ eventId }) => eventId === id)

  it('tries for three days with the same id and the same bytes, and again when asked to', async () => {
    sender.answer = () => refusal(500)
    const id = await push()
    await deliverFor(100 * hourMs, 1_000 * 60)
    expect(stateOf(id)).toMatchObject({ state: 'dead', lastStatus: 500 })
    expect(sender.sent).toHaveLength(deliveryWaitsMs.length + 1)
    sender.answer = () => ({ status: 'delivered' })
    await new Redeliver(unitOfWork.subAppWork, clock).execute(mainSubApp, id)
    await deliverFor(hourMs, 60_000)
    expect(stateOf(id)).toMatchObject({ state: 'delivered' })
    expect(new Set(sender.sent.map(({ eventId, body }) => `${eventId} ${body}`)).size).toBe(1)
  })

  it('tells the database of an attempt once it is back, and makes no second one', async () => {
    const id = await push()
    const markDelivered = jest.spyOn(unitOfWork.stores.deliveries, 'markDelivered')
    markDelivered.mockRejectedValueOnce(new Error('away')).mockRejectedValueOnce(new Error('not yet'))
    await deliverFor(1, 1)
    expect(stateOf(id)).toMatchObject({ state: 'delivered' })
    expect(sender.sent).toHaveLength(1)
  })

  it('lets an endpoint rest as long as it asks', async () => {
    sender.answer = () => ({ ...refusal(429), retryAfterMs: hourMs }) as SendResult
    await push()
    await deliverFor(1, 1)
    await push()
    await deliverFor(hourMs - 1_000, 60_000)
    expect(sender.sent).toHaveLength(1)
    await deliverFor(2 * 60_000, 60_000)
    expect(sender.sent).toHaveLength(3)
  })

  it('gives an endpoint that answers nothing eight attempts at a time, and the others theirs at once', async () => {
    let release: (result: SendResult) => void = () => undefined
    const silence = new Promise<SendResult>((resolve) => {
      release = resolve
    })
    sender.answer = ({ url }) => (url === tarPit.url ? silence : { status: 'delivered' })
    for (let count = 0; count < 500; count += 1) await push(tarPit)
    const healthy = await push(config, 9 as SubAppId)
    await deliverDue.execute()
    await deliverDue.execute()
    expect(sender.sent.filter(({ url }) => url === tarPit.url)).toHaveLength(8)
    expect(sender.sent.some(({ eventId }) => eventId === healthy)).toBe(true)
    release(refusal(500))
    await deliverDue.settle()
    expect(stateOf(healthy)).toMatchObject({ state: 'delivered' })
  })

  it('asks for another round only when it has begun all that it may at a time', async () => {
    for (let count = 0; count < 17 * 8; count += 1) await push(at(`https://example.com/${count % 17}`))
    expect(await deliverDue.execute()).toBe(128)
    await deliverDue.settle()
    expect(await deliverDue.execute()).toBe(0)
    await deliverDue.settle()
    expect(sender.sent).toHaveLength(17 * 8)
    expect(await deliverDue.execute()).toBe(0)
  })

  it('probes an endpoint that is down, one attempt at a time', async () => {
    sender.answer = () => refusal(502)
    for (let count = 0; count < 200; count += 1) await push()
    await deliverFor(hourMs, 1_000)
    // 16 before the breaker is seen to be open, then after 5 s, 30 s, 2 min, 10 min and 30 min.
    expect(sender.sent).toHaveLength(21)
    sender.answer = () => ({ status: 'delivered' })
    await deliverFor(24 * hourMs, 60_000)
    expect(sender.sent.length - 21).toBe(200)
  })

  it.each([
    ['410 Gone', 410, 0],
    ['five days of nothing but failures', 500, 5 * 24 * hourMs],
  ])('disables an endpoint after %s, until it is set anew', async (_name, status, ms) => {
    const told: string[] = []
    deliverDue.watch({
      onAttempted: () => undefined,
      onDisabled: (url, reason) => told.push(`${url} ${reason}`),
    })
    const setAnew = () => new ModifyEventConfig(unitOfWork.subAppWork).execute(mainSubApp, config)
    await setAnew()
    sender.answer = () => refusal(status)
    await push()
    await deliverFor(1, 1)
    if (ms > 0) {
      await deliverFor(ms, hourMs)
      await push()
      await deliverFor(1, 1)
    }
    expect(told).toEqual([expect.stringContaining(config.url)])
    const disabled = await new DescribeEndpoint(unitOfWork.subAppWork).execute(mainSubApp)
    expect(disabled?.disabledAt).toEqual(new Date(nowMs - 1))
    const attempts = sender.sent.length
    sender.answer = () => ({ status: 'delivered' })
    const waiting = await push()
    await deliverFor(24 * hourMs, hourMs)
    expect(sender.sent).toHaveLength(attempts)
    await setAnew()
    await deliverFor(1, 1)
    expect(stateOf(waiting)).toMatchObject({ state: 'delivered' })
  })
})
