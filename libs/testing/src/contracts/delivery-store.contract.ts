import {
  type EventId,
  mainSubApp,
  type MediaId,
  newEventId,
  newMediaId,
  newWebhookId,
  type RunId,
  type SubAppId,
  type WebhookId,
} from '@libs/kernel'
import {
  defaultEventConfig,
  type Delivery,
  type Endpoint,
  freshEndpoint,
  type UnitOfWork,
  type Webhook,
} from '@libs/workflow'
import { aMedia } from '../builders/media'
import { aRun } from '../builders/run'

const startMs = 1_795_000_000_000
const at = new Date(startMs)
const later = (ms: number) => new Date(startMs + ms)
const limits = { limit: 100, mostPerEndpoint: 2, failuresToOpen: 3 }
const leaseMs = 60_000
const hook = 'https://example.com/hook'
const otherHook = 'https://example.com/other'
const other = 9 as SubAppId
const failing: Endpoint = { ...freshEndpoint, failuresInARow: 1, failingSince: at }

/** What every store of deliveries must do; `open` gives an empty one. */
export function deliveryStoreContract(open: () => Promise<UnitOfWork>): void {
  let unitOfWork: UnitOfWork

  beforeEach(async () => {
    unitOfWork = await open()
  })

  async function aWebhook(url: string, createdMs = 0, subAppId = mainSubApp): Promise<Webhook> {
    const [id, createdAt] = [newWebhookId(startMs), later(createdMs)]
    const facts = { types: [], comment: '', secret: `whsec_${id}` }
    const webhook = { ...facts, id, subAppId, url, createdAt, updatedAt: createdAt }
    expect(await unitOfWork.stores.webhooks.insert(webhook)).toBe(true)
    return webhook
  }

  async function push(
    url = hook,
    createdMs = 0,
    subAppId = mainSubApp,
    webhookId?: WebhookId,
    subjectId: RunId | MediaId = newMediaId(1),
  ): Promise<EventId> {
    const id = newEventId(startMs + createdMs)
    const about = { subAppId, dialect: 'tencent-vod', subjectId, stateKey: id }
    const event = { ...about, id, body: `{"id": "${id}"}`, createdAt: later(createdMs) }
    const config = { ...defaultEventConfig, mode: 'push', url } as const
    await unitOfWork.run(({ events }) => events.insert([{ event, config, webhookId }]))
    return id
  }

  const claim = (now = at, with_ = limits) => unitOfWork.stores.deliveries.claim(with_, now, leaseMs)
  const delivered = (delivery: Delivery) => unitOfWork.stores.deliveries.markDelivered(delivery, later(5))
  const refused = (delivery: Delivery, retryAt: Date | undefined, endpoint: Endpoint = failing) =>
    unitOfWork.stores.deliveries.markFailed(delivery, { status: 503, reason: 'no' }, retryAt, endpoint)
  const listed = (state: 'pending' | 'sending' | 'delivered' | 'dead', before?: EventId, limit = 10) =>
    unitOfWork.stores.deliveries.list(mainSubApp, { state, before, limit })

  const endLeases = (now: Date) => unitOfWork.stores.deliveries.endLeases(now)

  async function claimOne(now = at): Promise<Delivery> {
    const [delivery] = await claim(now)
    if (delivery === undefined) throw new Error('nothing was claimed')
    return delivery
  }

  it('counts what is due, since when, and the endpoints that are given up', async () => {
    const { deliveries } = unitOfWork.stores
    await push(hook, -2_000)
    await push(hook, -1_000)
    await push(otherHook, 1_000)
    expect(await deliveries.backlog(at)).toEqual({ count: 2, since: later(-2_000), disabledEndpoints: 0 })
    const [first] = await claim()
    if (first === undefined) throw new Error('nothing was claimed')
    await refused(first, at, { ...failing, failingSince: at })
    expect(await deliveries.backlog(at)).toEqual({ count: 0, since: undefined, disabledEndpoints: 0 })
    await refused(await claimOne(), later(9_000), { ...failing, disabledAt: at, disabledReason: 'no' })
    expect(await deliveries.backlog(at)).toEqual({ count: 0, since: undefined, disabledEndpoints: 1 })
  })

  it('signs with the keys that hold when a delivery is made', async () => {
    await push()
    const keys = { signKey: 'k1', secret: 'whsec_c2VjcmV0' }
    await unitOfWork.stores.events.saveConfig(mainSubApp, { ...defaultEventConfig, ...keys })
    expect(await claim()).toMatchObject([keys])
    await unitOfWork.stores.events.saveConfig(mainSubApp, { ...defaultEventConfig, signKey: 'k2' })
    await endLeases(later(leaseMs))
    expect(await claim(later(leaseMs))).toMatchObject([{ signKey: 'k2', secret: '' }])
  })

  it('tells whose call the run was that an event is about', async () => {
    const media = aMedia()
    const origin = { requestId: 'request-1', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }
    const run = aRun(media, origin)
    await unitOfWork.stores.media.insert(media)
    await unitOfWork.run(({ runs }) => runs.insert(run, [], at))
    await push(hook, 0, mainSubApp, undefined, run.id)
    expect(await claim()).toMatchObject([{ about: { runId: run.id, ...origin } }])
    await push(otherHook)
    expect((await claim()).map(({ about }) => about)).toEqual([{}])
  })

  it('leases a delivery, and gives it again when the lease ends', async () => {
    await push()
    expect(await claim()).toMatchObject([{ attempt: 1, token: 1 }])
    await endLeases(later(leaseMs - 1))
    expect(await claim(later(leaseMs))).toEqual([])
    expect(await listed('sending')).toHaveLength(1)
    await endLeases(later(leaseMs))
    expect(await claim(later(leaseMs))).toMatchObject([{ attempt: 2, token: 2 }])
  })

  it('lets only the latest attempt record its result', async () => {
    await push()
    const first = await claimOne()
    await endLeases(later(leaseMs))
    const second = await claimOne(later(leaseMs))
    await delivered(first)
    await refused(first, undefined)
    expect(await unitOfWork.stores.deliveries.lockEndpointOf(first)).toBeUndefined()
    expect(await unitOfWork.stores.deliveries.lockEndpointOf(second)).toEqual(freshEndpoint)
    expect(await listed('sending')).toMatchObject([{ eventId: first.eventId, attempt: 2, lastReason: null }])
  })

  it('puts a failed delivery off, and keeps it when there is no more time to try', async () => {
    const eventId = await push()
    await refused(await claimOne(), later(5_000))
    expect(await claim(later(4_999))).toEqual([])
    expect(await listed('pending')).toMatchObject([{ eventId, dueAt: later(5_000), lastStatus: 503 }])
    await refused(await claimOne(later(5_000)), undefined)
    expect(await claim(later(1e9))).toEqual([])
    expect(await listed('dead')).toMatchObject([{ eventId, attempt: 2, lastReason: 'no' }])
  })

  it('never offers a delivered event again', async () => {
    await push()
    await delivered(await claimOne())
    expect(await claim(later(1e9))).toEqual([])
    expect(await listed('delivered')).toMatchObject([{ url: hook, deliveredAt: later(5), lastStatus: null }])
  })

  it('lets no endpoint hold up another one', async () => {
    const slow = [await push(hook, -9), await push(hook, -8), await push(hook, -7)]
    const quick = await push(otherHook, -1)
    const theirs = await push(hook, -2, other)
    const claimed = await claim(at, { ...limits, limit: 3 })
    expect(claimed.map(({ eventId }) => eventId)).toEqual(expect.arrayContaining([slow[0], theirs, quick]))
    expect((await claim()).map(({ eventId }) => eventId)).toEqual([slow[1]])
    expect(await claim()).toEqual([])
    const [first] = claimed.filter(({ eventId }) => eventId === slow[0])
    if (first !== undefined) await delivered(first)
    expect((await claim()).map(({ eventId }) => eventId)).toEqual([slow[2]])
  })

  it('probes an endpoint whose breaker is open, after its rest', async () => {
    await push(hook, -9)
    await push(hook, -8)
    await refused(await claimOne(later(-9)), later(1e9), { ...failing, failuresInARow: 3, resumeAt: later(1_000) })
    await push(hook, -7)
    expect(await claim(later(999))).toEqual([])
    const probe = await claim(later(1_000))
    expect(probe).toHaveLength(1)
    for (const delivery of probe) await delivered(delivery)
    expect(await unitOfWork.stores.deliveries.findEndpoint(mainSubApp, hook)).toMatchObject({
      ...{ failuresInARow: 0, failingSince: null },
    })
    await push(hook, 1)
    expect(await claim(later(1_000))).toHaveLength(2)
  })

  it('keeps what waits for a disabled endpoint until that starts afresh', async () => {
    await push(hook, -1)
    await refused(await claimOne(), at, { ...failing, disabledAt: at, disabledReason: 'gone' })
    await push(hook)
    expect(await claim(later(1e9))).toEqual([])
    expect(await unitOfWork.stores.deliveries.findEndpoint(mainSubApp, hook)).toMatchObject({ disabledReason: 'gone' })
    await unitOfWork.stores.deliveries.refreshEndpoint(mainSubApp, hook)
    expect(await unitOfWork.stores.deliveries.findEndpoint(mainSubApp, hook)).toEqual(freshEndpoint)
    expect(await claim(later(1e9))).toHaveLength(2)
  })

  it('lists the latest events first, page by page, and nobody else’s', async () => {
    const ids = [await push(hook, 1), await push(hook, 2), await push(hook, 3)].reverse()
    await push(hook, 4, other)
    expect((await listed('pending', undefined, 2)).map(({ eventId }) => eventId)).toEqual(ids.slice(0, 2))
    expect((await listed('pending', ids[1], 2)).map(({ eventId }) => eventId)).toEqual(ids.slice(2))
    expect(await listed('dead')).toEqual([])
  })

  it('delivers again what has ended, from the start of the schedule, to the endpoint of now', async () => {
    const { deliveries, events } = unitOfWork.stores
    const eventId = await push()
    await refused(await claimOne(), undefined)
    expect(await deliveries.redeliver(other, eventId, at)).toBe(false)
    expect(await deliveries.redeliver(mainSubApp, newEventId(1), at)).toBe(false)
    expect(await deliveries.redeliver(mainSubApp, eventId, later(7))).toBe(true)
    const again = await claimOne(later(7))
    expect(again).toMatchObject({ eventId, url: hook, attempt: 1, token: 2 })
    expect(await deliveries.redeliver(mainSubApp, eventId, later(8))).toBe(true)
    expect(await listed('sending')).toHaveLength(1)
    await delivered(again)
    await events.saveConfig(mainSubApp, { ...defaultEventConfig, mode: 'push', url: otherHook })
    await deliveries.refreshEndpoint(mainSubApp, otherHook)
    expect(await deliveries.redeliver(mainSubApp, eventId, later(9))).toBe(true)
    expect(await claim(later(9))).toMatchObject([{ eventId, url: otherHook, body: again.body }])
  })
  it('signs what is for a webhook with its secret, sends it where that is now, and forgets it with it', async () => {
    const { webhooks, deliveries, events } = unitOfWork.stores
    await events.saveConfig(mainSubApp, {
      ...defaultEventConfig,
      mode: 'push',
      url: otherHook,
      signKey: 'k',
      secret: 's',
    })
    const webhook = await aWebhook(hook)
    const eventId = await push(hook, 0, mainSubApp, webhook.id)
    const first = await claimOne()
    expect(first).toMatchObject({ url: hook, secret: webhook.secret, signKey: '' })
    await delivered(first)
    await unitOfWork.run((stores) => stores.webhooks.replace({ ...webhook, url: 'https://example.com/moved' }))
    await deliveries.refreshEndpoint(mainSubApp, 'https://example.com/moved')
    expect(await deliveries.redeliver(mainSubApp, eventId, later(9))).toBe(true)
    expect(await claim(later(9))).toMatchObject([{ url: 'https://example.com/moved', secret: webhook.secret }])
    await push(otherHook, 1)
    expect(await webhooks.remove(other, webhook.id)).toBe(false)
    expect(await webhooks.remove(mainSubApp, webhook.id)).toBe(true)
    expect(await webhooks.remove(mainSubApp, webhook.id)).toBe(false)
    expect(await listed('sending')).toEqual([])
    expect(await listed('pending')).toHaveLength(1)
  })

  it('keeps webhooks by age, one for a URL in a sub-application', async () => {
    const { webhooks } = unitOfWork.stores
    const [first, second] = [await aWebhook(hook), await aWebhook(otherHook, 1)]
    const theirs = await aWebhook(hook, 0, other)
    expect(await webhooks.insert({ ...second, id: newWebhookId(startMs), url: hook })).toBe(false)
    expect(await webhooks.list(mainSubApp)).toEqual([first, second])
    const kept = await unitOfWork.run((stores) => stores.webhooks.keepAll([mainSubApp, other]))
    expect(new Set(kept.map(({ id }) => id))).toEqual(new Set([first.id, second.id, theirs.id]))
    const changed = { ...second, types: ['mediaPulled' as const], comment: 'c', updatedAt: later(9) }
    await unitOfWork.run(async (stores) => {
      expect(await stores.webhooks.findForChange(other, second.id)).toBeUndefined()
      expect(await stores.webhooks.findForChange(mainSubApp, second.id)).toEqual(second)
      expect(await stores.webhooks.replace({ ...changed, url: hook })).toBe(false)
      expect(await stores.webhooks.replace(changed)).toBe(true)
      expect(await stores.webhooks.countForInsert(mainSubApp)).toBe(2)
    })
    expect(await webhooks.list(mainSubApp)).toEqual([first, changed])
  })
}
