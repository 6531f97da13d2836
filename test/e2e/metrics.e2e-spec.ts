import { freePort } from '../../apps/standalone/src/free-port'
import { apps } from '../../apps/standalone/src/apps/apps'
import { answerOf } from '@libs/client'
import { newRunId } from '@libs/kernel'
import { makeLumaClock } from '@libs/testing'
import { join } from 'node:path'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

describe('the figures of the product', () => {
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

  const figures = async (app = 'api') => {
    const own = port + Object.keys(apps).indexOf(app)
    return (await fetch(`http://127.0.0.1:${own}/metrics`)).text()
  }
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

  it('tell of every task how it ended, how long it took and what it moved', async () => {
    const clock = join(product.folder, 'clock.mp4')
    await makeLumaClock({ path: clock, seconds: 4 })
    const { mediaId } = await product.rest.upload(clock)
    const cover = { kind: 'coverBySnapshot', definition: 10, position: '50%' } as const
    const made = await answerOf(product.rest.api.POST('/v1/runs', { body: { mediaId, tasks: [cover] } }))
    const run = await waitFor('The end of the run', 60_000, async () => {
      const { state, tasks } = await product.rest.run(made.runId)
      return state === 'finished' ? tasks : undefined
    })
    const [task] = run
    const [conductor, worker] = [await figures('conductor'), await figures('worker-cover-by-snapshot')]
    const value = (text: string, name: string, ...labels: readonly string[]) => {
      const of = text.split('\n').filter((line) => line.startsWith(name) && labels.every((one) => line.includes(one)))
      return of.map((line) => Number(line.split(' ').at(-1)))
    }
    const kind = 'kind="coverBySnapshot"'
    expect(value(conductor, 'stillflow_task_outcomes_total{', kind, 'outcome="succeeded"', 'code="none"')).toEqual([1])
    expect(value(conductor, 'stillflow_run_seconds_count{', 'type="process"')).toEqual([1])
    expect(value(conductor, 'stillflow_tasks{', 'state="waiting"')).toEqual([0, 0, 0, 0, 0])
    expect(value(worker, 'stillflow_task_seconds_count{', kind, 'outcome="succeeded"')).toEqual([1])
    expect(value(worker, 'stillflow_task_queue_seconds_count{', kind)).toEqual([1])
    expect(value(worker, 'stillflow_tool_seconds_count{', kind, 'tool="ffmpeg"')).toEqual([1])
    expect(value(worker, 'stillflow_store_read_bytes_total{', kind)[0]).toBeGreaterThan(0)
    expect(task).toMatchObject({ state: 'succeeded', framesDone: 1, frames: 1 })
    const written = value(worker, 'stillflow_store_written_bytes_total{', kind)
    expect(task?.kind === 'coverBySnapshot' && task.output?.cover.sizeBytes).toBe(written[0])
    expect(value(worker, 'process_resident_memory_bytes{', kind)[0]).toBeGreaterThan(0)
    expect(value(await figures(), 'stillflow_http_received_bytes_total{', 'door="rest"')[0]).toBeGreaterThan(1_000)
  })
})
