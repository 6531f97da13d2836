import { makeLumaClock } from '@libs/testing'
import { openAsBlob, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { CallbackReceiver } from './neighbours/callback-receiver'
import { TraceCollector } from './neighbours/trace-collector'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

const id = z.string().optional()
const line = z.looseObject({ app: id, msg: id, requestId: id, runId: id, taskId: id, jobId: id })

/** Whatever a product's apps have logged. */
function linesOf({ folder }: TestProduct): readonly z.infer<typeof line>[] {
  const logs = join(folder, 'data', 'logs')
  const texts = readdirSync(logs).flatMap((name) => readFileSync(join(logs, name), 'utf8').split('\n').slice(0, -1))
  return texts.filter((text) => text.startsWith('{')).map((text) => line.parse(JSON.parse(text)))
}

describe('a run', () => {
  let product: TestProduct
  let receiver: CallbackReceiver
  let collector: TraceCollector
  let clip: string

  beforeAll(async () => {
    receiver = new CallbackReceiver()
    collector = new TraceCollector()
    await Promise.all([receiver.open(), collector.open()])
    const settings = {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_TIMEOUT: '500',
      OTEL_BSP_SCHEDULE_DELAY: '600000',
    }
    product = await startTestProduct({ backend: 'postgres', egressAllow: '127.0.0.0/8', settings })
    await product.vendor.ModifyEventConfig({ Mode: 'PUSH', NotificationUrl: receiver.url })
    clip = join(product.folder, 'clock.mp4')
    await makeLumaClock({ path: clip, seconds: 2 })
  })

  afterAll(async () => {
    await stopTestProducts()
    await receiver.close()
  })

  it('is followed through the logs by the id of its call', async () => {
    const { mediaId: FileId } = await product.rest.upload(clip)
    const MediaProcessTask = { SampleSnapshotTaskSet: [{ Definition: 10 }], ImageSpriteTaskSet: [{ Definition: 10 }] }
    const { TaskId = '', RequestId: requestId } = await product.vendor.ProcessMedia({ FileId, MediaProcessTask })
    await receiver.finishOf(TaskId)
    const lines = await waitFor('The last line', 10_000, () => {
      const own = linesOf(product).filter((each) => each.requestId === requestId)
      return own.some(({ msg }) => msg === 'The event is delivered.') ? own : undefined
    })
    const [runId] = /[0-9a-f]{32}/.exec(TaskId) ?? []
    expect(new Set(lines.map((each) => each.runId))).toEqual(new Set([runId]))
    const told = (app: string) => lines.filter((each) => each.app === app)
    expect(told('api')).toMatchObject([{ msg: 'A call was answered.', route: 'ProcessMedia', status: 200 }])
    expect(told('conductor').map(({ msg }) => msg)).toEqual([
      'An outcome was settled.',
      'An outcome was settled.',
      'The event is delivered.',
    ])
    for (const app of ['worker sampleSnapshot', 'worker imageSprites']) {
      const [first, ...others] = told(app)
      expect(first).toMatchObject({ msg: 'The task starts.' })
      const [taskId = '', jobId] = [first?.taskId, first?.jobId]
      expect(jobId).toBe(`x-${taskId}-g1`)
      expect(others.map(({ msg }) => msg)).toEqual(['Pictures were captured.', 'The task succeeded.'])
      for (const each of others) expect(each).toMatchObject({ taskId, jobId })
      const settled = told('conductor').filter((each) => each.taskId === taskId)
      expect(settled).toMatchObject([{ jobId: `s-${taskId}-g1`, settlement: 'succeeded' }])
    }
  })

  it('is followed by one trace from the call, through every process, to the callback', async () => {
    const MediaProcessTask = { ImageSpriteTaskSet: [{ Definition: 10 }] }
    await product.vendor.CreateProcedureTemplate({ Name: 'traced', MediaProcessTask })
    const [traceId, callerId] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7']
    const body = new FormData()
    body.set('procedure', 'traced')
    body.set('file', await openAsBlob(clip), 'secret-name.mp4')
    const headers = { traceparent: `00-${traceId}-${callerId}-01` }
    const answer = await product.rest.call('/v1/media', { method: 'POST', body, headers })
    const { runId } = z.object({ runId: z.string() }).parse(await answer.json())
    await receiver.finishOf(runId)
    const expected = [
      'POST /v1/media',
      ...branchOf('ingest', ['probe', 'probe > ffprobe']),
      ...branchOf('imageSprites', ['ffmpeg', 'store']),
      'POST /v1/media > deliver',
    ]
    // Whatever is not told by then, is told at the end.
    await product.stop()
    expect([...collector.pathsBelow(traceId, callerId)].sort()).toEqual(expected.sort())
    const spans = collector.spansOf(traceId)
    expect(new Set(spans.map(({ service }) => service))).toEqual(
      new Set(['api', 'conductor', 'worker ingest', 'worker imageSprites']),
    )
    const [deliver] = spans.filter(({ name }) => name === 'deliver')
    const told = receiver.headers.at(receiver.deliveries.findIndex((each) => each.body.includes(runId)))
    expect(told?.['traceparent']).toBe(`00-${traceId}-${String(deliver?.spanId)}-01`)
    const call = spans.find(({ name }) => name === 'POST /v1/media')
    expect(call?.attributes).toMatchObject({ 'stillflow.run_id': runId, 'http.response.status_code': 201 })
    for (const secret of ['secret-name', receiver.url, product.accessKey.secretId]) {
      expect(JSON.stringify(spans)).not.toContain(secret)
    }
  })

  it('goes its way where nobody takes traces, which is logged once', async () => {
    await collector.close()
    product = await product.startAgain()
    const { runId = '' } = await product.rest.upload(clip, { procedure: 'traced' })
    await receiver.finishOf(runId)
    const startedMs = performance.now()
    await product.stop()
    expect(performance.now() - startedMs).toBeLessThan(8_000)
    const complaints = linesOf(product).filter(({ msg }) => msg?.startsWith('Traces are lost'))
    const apps = ['api', 'conductor', 'worker imageSprites', 'worker ingest']
    expect(complaints.map(({ app }) => app).sort()).toEqual(apps)
  })
})

/** What is to be seen of a task that a call has made. */
function branchOf(kind: string, steps: readonly string[]): readonly string[] {
  const dispatched = `POST /v1/media > dispatch ${kind}`
  const executed = `${dispatched} > execute ${kind}`
  return [dispatched, `${dispatched} > settle`, executed, ...steps.map((step) => `${executed} > ${step}`)]
}
