import { dialects } from '@libs/dialects'
import { makeLumaClock } from '@libs/testing'
import fc from 'fast-check'
import { join } from 'node:path'
import { z } from 'zod'
import { rowCounter } from './hostile/count-rows'
import { sendForm } from './hostile/send-form'
import { type Samples, spoiltParameters } from './hostile/spoilt-parameters'
import { sendRaw } from './product/send-raw'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'

const { actions } = dialects['tencent-vod']
const runsPerAction = 40

/** An empty queue is waited at for five seconds. */
const fewRuns: Readonly<Record<string, number>> = { PullEvents: 2 }

const answer = z.strictObject({
  Response: z.looseObject({
    RequestId: z.uuid(),
    Error: z.strictObject({ Code: z.string().regex(/^[A-Z][A-Za-z]+(\.[A-Za-z]+)?$/), Message: z.string() }).optional(),
  }),
})

describe('parameters that no honest caller sends', () => {
  let product: TestProduct
  let samples: Samples
  let rows: () => Promise<unknown>
  let nonce = 0

  beforeAll(async () => {
    product = await startTestProduct({ backend: 'postgres' })
    const clip = join(product.folder, 'clock.mp4')
    await makeLumaClock({ path: clip, seconds: 2 })
    const { mediaId } = await product.rest.upload(clip)
    samples = samplesOf(mediaId)
    rows = await rowCounter(product)
  })

  afterAll(stopTestProducts)

  function send(action: string, parameters: object, encoding: 'json' | 'form'): Promise<Response> {
    if (encoding === 'json') return sendRaw(product, { action, body: JSON.stringify(parameters) })
    return sendForm(product, action, parameters, (nonce += 1))
  }

  it.each(Object.entries(actions))(
    'are answered by %s in the vendor’s words, and change nothing',
    async (name, action) => {
      const encoding = fc.constantFrom('json' as const, 'form' as const)
      const property = fc.asyncProperty(spoiltParameters(action, samples), encoding, async (parameters, how) => {
        const before = await rows()
        const response = await send(name, parameters, how)
        const body = await response.text()
        expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json'])
        expect(body).not.toMatch(/node_modules|\.[jt]s:\d| {4}at /)
        const { Error } = answer.parse(JSON.parse(body)).Response
        expect(Error?.Code).not.toBe('InternalError')
        if (Error !== undefined) expect(await rows()).toBe(before)
      })
      await fc.assert(property, { numRuns: fewRuns[name] ?? runsPerAction, endOnFailure: true })
    },
  )
})

function samplesOf(fileId: string): Samples {
  const MediaProcessTask = {
    SnapshotByTimeOffsetTaskSet: [{ Definition: 10, ExtTimeOffsetSet: ['0.5s', '10%'], TimeOffsetSet: [500] }],
    SampleSnapshotTaskSet: [{ Definition: 10 }],
    ImageSpriteTaskSet: [{ Definition: 10 }],
    CoverBySnapshotTaskSet: [{ Definition: 10, PositionType: 'Time', PositionValue: 1 }],
  }
  return {
    FileId: [fileId, '1'],
    FileIds: [[fileId], [fileId, fileId, '1']],
    MediaProcessTask: [MediaProcessTask],
    Name: ['hostile', '中文'],
    ProcedureName: ['hostile', 'none'],
    Definition: [10, 1001],
    Definitions: [[10], [1001, 1001]],
    SampleType: ['Percent', 'Time'],
    SampleInterval: [10],
    RowCount: [3],
    ColumnCount: [3],
    Limit: [10],
    Offset: [0],
    TaskId: ['1-Procedure-00000000000000000000000000000000t0'],
    OperationType: ['Abort'],
    EventHandles: [['1', '1']],
    Type: ['Custom', 'image', 'text'],
    MediaType: ['mp4'],
    MediaUrl: ['http://127.0.0.1:9/clip.mp4'],
    Mode: ['PULL'],
    SubAppId: [0],
    VodSessionKey: ['none'],
  }
}
