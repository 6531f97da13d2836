import { freePort } from '../../apps/standalone/src/free-port'
import { newRunId } from '@libs/kernel'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

describe('the figures of the API', () => {
  let product: TestProduct
  let port: number
  const runId = newRunId(1)

  beforeAll(async () => {
    port = await freePort('127.0.0.1')
    product = await startTestProduct({
      backend: 'postgres',
      rateLimits: '1,DescribeEventConfig=1',
      settings: { HEALTH_PORT: String(port) },
    })
  })

  afterAll(stopTestProducts)

  const figures = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  const count = async (series: string) =>
    Number(
      (await figures())
        .split('\n')
        .find((line) => line.startsWith(`${series} `))
        ?.split(' ')[1] ?? 0,
    )

  it('are not at the public port', async () => {
    expect((await fetch(`${product.url}/metrics`)).status).toBe(404)
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
  })

  it('count calls by route and status, and refusals by why, and name no one', async () => {
    await product.rest.call(`/v1/runs/${runId}`)
    await product.rest.call('/v1/no-such-thing')
    await fetch(`${product.url}/v1/runs`, { headers: { authorization: `Basic ${btoa('AKIDSOMEBODY:wrong')}` } })
    await product.vendor.DescribeProcedureTemplates({})
    await Promise.allSettled(Array.from({ length: 5 }, () => product.vendor.DescribeEventConfig({})))

    await waitFor('The last call', 5_000, async () =>
      (await count('stillflow_refusals_total{code="request.tooOften"}')) > 0 ? true : undefined,
    )
    const requests = (door: string, route: string, status: number) =>
      count(`stillflow_http_request_seconds_count{door="${door}",route="${route}",status="${status}"}`)
    expect(await requests('rest', '/v1/runs/:runId', 404)).toBe(1)
    expect(await requests('rest', 'none', 401)).toBe(1)
    expect(await requests('tencent-vod', 'DescribeProcedureTemplates', 200)).toBe(1)
    expect(await count('stillflow_refusals_total{code="auth.badSignature"}')).toBe(1)
    expect(await count('process_resident_memory_bytes')).toBeGreaterThan(0)
    const text = await figures()
    for (const id of [runId, 'AKIDSOMEBODY', product.accessKey.secretId, 'no-such-thing'])
      expect(text).not.toContain(id)
  })
})
