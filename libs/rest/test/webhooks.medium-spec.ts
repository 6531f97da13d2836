import { answerOf, type Client, openClient } from '@libs/client'
import { mainSubApp, newEventId } from '@libs/kernel'
import { aMedia } from '@libs/testing'
import { type DomainEvent, EventRenderer, storeEvents } from '@libs/workflow'
import { type OpenRest, openRest } from './open-rest'

const url = 'https://example.com/hook'
const at = new Date(1_795_000_000_000)
const limits = { limit: 10, mostPerEndpoint: 8, failuresToOpen: 10 }
const secretForm = /^whsec_[A-Za-z0-9+/]{43}=$/

class Renderer extends EventRenderer {
  override render(dialect: string, { type }: DomainEvent): string {
    return `${dialect} ${type}`
  }

  override sign(_dialect: string, body: string) {
    return { body, headers: {} }
  }
}

describe('webhooks over /v1', () => {
  let rest: OpenRest
  let api: Client

  beforeEach(async () => {
    rest = await openRest()
    api = openClient({ url: rest.url, accessKey: { secretId: 'id', secretKey: 's:ecret' } })
  })

  afterEach(() => rest.close())

  const make = (body: { url: string; types?: ('mediaDeleted' | 'mediaPulled')[]; comment?: string }) =>
    answerOf(api.POST('/v1/webhooks', { body }))
  const at_ = (webhookId: string) => ({ params: { path: { webhookId } } })

  /** Two events about a media, as the conductor tells them. */
  async function tell(): Promise<readonly string[]> {
    const about = { subAppId: mainSubApp, dialect: 'rest', subjectId: rest.media.id }
    const deleted = { type: 'mediaDeleted', media: aMedia(), parts: undefined } as const
    const told = ['a', 'b'].map((stateKey) => ({ ...about, stateKey: `${stateKey} ${newEventId(1)}`, event: deleted }))
    await rest.unitOfWork.run((stores) => storeEvents(stores, new Renderer(), told, at))
    const claimed = await rest.unitOfWork.stores.deliveries.claim(limits, new Date(at.getTime() + 1), 1)
    return claimed.map(({ url: to, secret, body }) => `${body} to ${to} by ${secret}`).sort()
  }

  it('are made, told of, changed and deleted; their secret is told once', async () => {
    const { secret, ...made } = await make({ url, types: ['mediaDeleted'], comment: 'c' })
    expect(secret).toMatch(secretForm)
    const { webhookId } = made
    expect(made).toMatchObject({ url, types: ['mediaDeleted'], comment: 'c', endpoint: { state: 'enabled' } })
    expect(await answerOf(api.GET('/v1/webhooks'))).toEqual({ items: [made] })
    expect(await answerOf(api.GET('/v1/webhooks/{webhookId}', at_(webhookId)))).toEqual(made)
    const body = { types: [], comment: '' }
    const changed = await answerOf(api.PATCH('/v1/webhooks/{webhookId}', { ...at_(webhookId), body }))
    expect(changed).toMatchObject({ webhookId, url, ...body })
    await answerOf(api.DELETE('/v1/webhooks/{webhookId}', at_(webhookId)))
    const gone = { status: 404, code: 'webhook.notFound', field: 'webhookId' }
    for (const id of [webhookId, 'nothing']) {
      await expect(answerOf(api.GET('/v1/webhooks/{webhookId}', at_(id)))).rejects.toMatchObject(gone)
      await expect(answerOf(api.DELETE('/v1/webhooks/{webhookId}', at_(id)))).rejects.toMatchObject(gone)
      const change = api.PATCH('/v1/webhooks/{webhookId}', { ...at_(id), body: {} })
      await expect(answerOf(change)).rejects.toMatchObject(gone)
    }
  })

  it('get each event of their types once, signed with their own secret, beside the event configuration', async () => {
    expect(await tell()).toEqual([])
    const all = await make({ url })
    await make({ url: 'https://example.com/pulls', types: ['mediaPulled'] })
    const some = await make({ url: 'https://example.com/some', types: ['mediaPulled', 'mediaDeleted'] })
    const toWebhooks = [all, some].map((webhook) => `rest mediaDeleted to ${webhook.url} by ${webhook.secret}`)
    expect(await tell()).toEqual([...toWebhooks, ...toWebhooks].sort())
    const body = { mode: 'push', url: 'https://example.com/main', tellsDeletions: true } as const
    const { secret } = await answerOf(api.PUT('/v1/event-config', { body }))
    const toMain = `rest mediaDeleted to ${body.url} by ${secret}`
    const told = (await tell()).filter((each) => each.includes('/main'))
    expect(told).toEqual([toMain, toMain])
  })

  it('answer for themselves: one that is disabled holds up no other, and a change enables it', async () => {
    const { webhookId } = await make({ url })
    const { stores } = rest.unitOfWork
    const disabled = { failuresInARow: 1, failingSince: at, resumeAt: null, disabledAt: at, disabledReason: 'gone' }
    await tell()
    const [delivery] = [...rest.unitOfWork.tables.deliveries.values()]
    if (delivery === undefined) throw new Error('nothing was told')
    const claimed = { ...delivery, dialect: '', body: '', signKey: '', secret: '', about: {} }
    await stores.deliveries.markFailed(claimed, { status: 410, reason: 'gone' }, at, disabled)
    const told = () => answerOf(api.GET('/v1/webhooks/{webhookId}', at_(webhookId)))
    expect(await told()).toMatchObject({ endpoint: { state: 'disabled', disabledReason: 'gone' } })
    const { secret } = await make({ url: 'https://example.com/other' })
    const to = (await tell()).map((each) => each.slice(each.indexOf(' to ')))
    expect(to).toEqual([` to https://example.com/other by ${secret}`, ` to https://example.com/other by ${secret}`])
    await answerOf(api.PATCH('/v1/webhooks/{webhookId}', { ...at_(webhookId), body: {} }))
    expect(await told()).toMatchObject({ endpoint: { state: 'enabled' } })
  })

  it('are one for a URL, and sixteen', async () => {
    const first = await make({ url })
    await expect(make({ url })).rejects.toMatchObject({ status: 409, code: 'webhook.alreadyExists', field: 'url' })
    const second = await make({ url: `${url}/2` })
    const change = api.PATCH('/v1/webhooks/{webhookId}', { ...at_(second.webhookId), body: { url } })
    await expect(answerOf(change)).rejects.toMatchObject({ code: 'webhook.alreadyExists' })
    for (let count = 3; count <= 16; count += 1) await make({ url: `${url}/${count}` })
    await expect(make({ url: `${url}/17` })).rejects.toMatchObject({ status: 409, code: 'webhook.limitReached' })
    await answerOf(api.DELETE('/v1/webhooks/{webhookId}', at_(first.webhookId)))
    expect((await make({ url: `${url}/17` })).url).toBe(`${url}/17`)
  })

  it.each([
    ['url', 'request.missingParameter', {}],
    ['url', 'request.invalidValue', { url: 'ftp://example.com/' }],
    ['types.0', 'request.invalidValue', { url, types: ['runEnded'] }],
    ['secret', 'request.unknownParameter', { url, secret: 'whsec_' }],
  ])('are refused for a wrong %s with %s', async (field, code, body) => {
    expect((await rest.call('post', '/v1/webhooks', body)).body).toMatchObject({ status: 422, code, field })
  })
})
