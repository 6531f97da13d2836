import { mainSubApp, newEventId, newMediaId, type SubAppId } from '@libs/kernel'
import { MemoryInfrastructure, MemoryUnitOfWork } from '@libs/testing'
import { defaultEventConfig, freshEndpoint } from '@libs/workflow'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { Test } from '@nestjs/testing'
import supertest from 'supertest'
import { mountRest } from '../src/mount-rest'
import { RestModule } from '../src/rest.module'

const url = 'https://example.com/hook'
const at = new Date(1_795_000_000_000)
const limits = { limit: 10, mostPerEndpoint: 8, failuresToOpen: 10 }

describe('deliveries over /v1', () => {
  let app: NestExpressApplication
  let unitOfWork: MemoryUnitOfWork

  beforeEach(async () => {
    unitOfWork = new MemoryUnitOfWork()
    await unitOfWork.stores.accessKeys.save({ secretId: 'id', secretKey: 's', subAppId: mainSubApp }, new Date())
    const imports = [MemoryInfrastructure.around(unitOfWork), RestModule]
    const module = await Test.createTestingModule({ imports }).compile()
    app = module.createNestApplication<NestExpressApplication>()
    app.useLogger(false)
    mountRest(app)
    await app.listen(0, '127.0.0.1')
  })

  afterEach(() => app.close())

  const call = (method: 'get' | 'post' | 'put', path: string) =>
    supertest(app.getHttpServer())[method](`/v1/${path}`).auth('id', 's')

  async function push(ms: number, subAppId = mainSubApp): Promise<string> {
    const id = newEventId(at.getTime() + ms)
    const about = { subAppId, dialect: '', subjectId: newMediaId(1), stateKey: id }
    const config = { ...defaultEventConfig, mode: 'push', url } as const
    await unitOfWork.stores.events.insert([{ event: { ...about, id, body: '{}', createdAt: at }, config }])
    return id
  }

  async function failAll(retryAt: Date | undefined, endpoint = freshEndpoint): Promise<void> {
    const { deliveries } = unitOfWork.stores
    for (const delivery of await deliveries.claim(limits, at, 1)) {
      await deliveries.markFailed(delivery, { status: 410, reason: 'status 410' }, retryAt, endpoint)
    }
  }

  it('lists dead ones page by page, and delivers them again', async () => {
    const [older, newer] = [await push(1), await push(2)]
    const foreign = await push(3, 9 as SubAppId)
    await failAll(undefined)
    const dead = { url, state: 'dead', attempts: 1, lastStatus: 410, lastReason: 'status 410' }
    const first = await call('get', 'deliveries?state=dead&limit=1')
    expect(first.body).toEqual({ items: [{ deliveryId: newer, ...dead }], next: newer })
    const second = await call('get', `deliveries?before=${newer}`)
    expect(second.body).toEqual({ items: [{ deliveryId: older, ...dead }] })
    expect((await call('post', `deliveries/${newer}/redeliver`).expect(202)).body).toEqual({ deliveryId: newer })
    const pending = await call('get', 'deliveries?state=pending')
    expect(pending.body).toMatchObject({ items: [{ deliveryId: newer, attempts: 0 }] })
    const missing = await call('post', `deliveries/${newEventId(1)}/redeliver`)
    const theirs = await call('post', `deliveries/${foreign}/redeliver`)
    for (const { status, body } of [missing, theirs, await call('post', 'deliveries/x/redeliver')]) {
      expect([status, body]).toEqual([404, expect.objectContaining({ code: 'delivery.notFound' })])
    }
  })

  it.each(['state=lost', 'before=x', 'limit=0', 'limit=101', 'offset=1'])('refuses ?%s', async (query) => {
    expect((await call('get', `deliveries?${query}`)).status).toBe(422)
  })

  it('tells of an endpoint that is disabled, and enables it when the configuration is set anew', async () => {
    const put = () => call('put', 'event-config').send({ mode: 'push', url }).expect(200)
    await put()
    await push(1)
    const failing = { ...freshEndpoint, failuresInARow: 1, failingSince: at }
    await failAll(at, { ...failing, disabledAt: at, disabledReason: 'It answered 410 Gone.' })
    const told = { failuresInARow: 1, failingSince: at.toISOString(), disabledAt: at.toISOString() }
    expect((await call('get', 'event-config')).body).toMatchObject({
      endpoint: { state: 'disabled', ...told, disabledReason: 'It answered 410 Gone.' },
    })
    expect((await put()).body).toMatchObject({ endpoint: { state: 'enabled', failuresInARow: 0 } })
  })
})
