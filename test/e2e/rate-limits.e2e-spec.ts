import { queueBackends } from '@libs/testing'
import { currentAliyun } from '../aliyun/callers'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'

const calls = 30

describe.each(queueBackends())('rate limits on %s', (backend) => {
  let product: TestProduct

  beforeAll(async () => {
    product = await startTestProduct({ backend, rateLimits: 'DescribeEventConfig=5,ListVodTemplate=5,rest=5' })
  })

  afterAll(stopTestProducts)

  it('are told in the vendor’s words, action by action', async () => {
    const describes = Array.from({ length: calls }, () => product.vendor.DescribeEventConfig({}))
    const outcomes = await Promise.allSettled(describes)
    const refused = outcomes.filter(({ status }) => status === 'rejected')
    expect(refused.length).toBeGreaterThanOrEqual(calls - 10)
    expect(refused.length).toBeLessThan(calls)
    expect(refused).toMatchObject(refused.map(() => ({ reason: { code: 'RequestLimitExceeded' } })))
    expect(await product.vendor.DescribeProcedureTemplates({ Type: 'Custom' })).toMatchObject({ TotalCount: 0 })
  })

  it('are told as Alibaba tells them', async () => {
    const caller = currentAliyun(product, '2017-03-21')
    const ask = () => caller.call('ListVodTemplate', { TemplateType: 'Snapshot' })
    const outcomes = await Promise.allSettled(Array.from({ length: calls }, ask))
    const refused = outcomes.filter(({ status }) => status === 'rejected')
    expect(refused.length).toBeGreaterThanOrEqual(calls - 10)
    expect(refused.length).toBeLessThan(calls)
    const told = { code: 'Throttling.User', statusCode: 400, retryAfter: 1000 }
    expect(refused).toMatchObject(refused.map(() => ({ reason: told })))
  })

  it('are status 429 over REST, with a time to come again', async () => {
    const { secretId, secretKey } = product.accessKey
    const authorization = `Basic ${Buffer.from(`${secretId}:${secretKey}`).toString('base64')}`
    const send = () => fetch(`${product.url}/v1/procedures`, { headers: { authorization } })
    const responses = await Promise.all(Array.from({ length: calls }, send))
    const refused = responses.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThanOrEqual(calls - 10)
    expect(responses.filter(({ status }) => status === 200)).not.toEqual([])
    expect(refused[0]?.headers.get('retry-after')).toBe('1')
    expect(await refused[0]?.json()).toMatchObject({ status: 429, code: 'request.tooOften' })
  })
})

describe('more tasks than may wait', () => {
  let product: TestProduct

  beforeAll(async () => {
    product = await startTestProduct({ backend: 'postgres', settings: { MAX_WAITING_TASKS: '2' } })
  })

  afterAll(stopTestProducts)

  // What is pulled waits as well.
  it('are told to come again, and leave nothing', async () => {
    const Url = 'http://192.0.2.1/clock.mp4'
    const MediaProcessTask = { ImageSpriteTaskSet: [{ Definition: 10 }], SampleSnapshotTaskSet: [{ Definition: 10 }] }
    await expect(product.vendor.ProcessMedia({ Url, MediaProcessTask })).rejects.toMatchObject({
      code: 'RequestLimitExceeded',
    })
    const kinds = ['imageSprites', 'sampleSnapshot']
    const body = JSON.stringify({ url: Url, tasks: kinds.map((kind) => ({ kind, definition: 10 })) })
    const refused = await product.rest.call('/v1/runs', { method: 'POST', body })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10'])
    expect(await refused.json()).toMatchObject({ code: 'subApp.busy' })
    expect(await product.query('select id from run union all select id from media')).toEqual([])
    const allowed = { Url, MediaProcessTask: { ImageSpriteTaskSet: [{ Definition: 10 }] } }
    expect(await product.vendor.ProcessMedia(allowed)).toMatchObject({ TaskId: expect.any(String) as string })
  })
})
