import { dialects } from '@libs/dialects'
import { makeLumaClock } from '@libs/testing'
import fc from 'fast-check'
import { XMLParser } from 'fast-xml-parser'
import { join } from 'node:path'
import { z } from 'zod'
import { type Encoding, sendSigned } from '../aliyun/send-signed'
import { rowCounter } from './hostile/count-rows'
import { type Samples, spoiltParameters } from './hostile/spoilt-parameters'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'

const runsPerAction = 40

const refusal = z.strictObject({
  RequestId: z.string().regex(/^[0-9A-F-]{36}$/),
  HostId: z.string(),
  Code: z.string().regex(/^[A-Z][A-Za-z]+(\.[A-Za-z]+)*$/),
  Message: z.string().min(1),
  Recommend: z.url(),
})

const xml = new XMLParser({ parseTagValue: false, processEntities: true })

/** The members of an answer. @throws when it is not what its content type says */
function membersOf(body: string, contentType: string | null): unknown {
  if (contentType === 'application/json;charset=utf-8') return JSON.parse(body)
  expect(contentType).toBe('text/xml;charset=utf-8')
  const document = z.record(z.string(), z.unknown()).parse(xml.parse(body, true))
  const [[root, members] = ['', undefined]] = Object.entries(document).filter(([name]) => name !== '?xml')
  expect(root).toMatch(/^(Error|[A-Z][A-Za-z]+Response)$/)
  return members
}

const versions = { 'aliyun-vod': '2017-03-21', 'aliyun-ims': '2020-11-09' } as const

describe.each(Object.entries(versions) as [keyof typeof versions, string][])(
  'parameters that no honest caller of %s sends',
  (dialect, Version) => {
    let product: TestProduct
    let samples: Samples
    let rows: () => Promise<unknown>

    beforeAll(async () => {
      product = await startTestProduct({ backend: 'postgres' })
      const clip = join(product.folder, 'clock.mp4')
      await makeLumaClock({ path: clip, seconds: 2 })
      const { mediaId } = await product.rest.upload(clip)
      samples = { ...samplesOf(mediaId), ...(dialect === 'aliyun-ims' && imsSamplesOf(mediaId)) }
      rows = await rowCounter(product)
    })

    afterAll(stopTestProducts)

    it.each(Object.entries(dialects[dialect].actions))(
      'are answered by %s in the vendor’s words, and change nothing',
      async (Action, action) => {
        const how = fc.tuple(fc.constantFrom('JSON', 'XML'), fc.constantFrom<Encoding>('json', 'dotted'))
        const property = fc.asyncProperty(
          spoiltParameters(action, samples),
          how,
          async (parameters, [Format, encoding]) => {
            const before = await rows()
            const response = await sendSigned(product, { Action, Version, Format }, parameters, encoding)
            const body = await response.text()
            const members = membersOf(body, response.headers.get('content-type'))
            expect(body).not.toMatch(/node_modules|\.[jt]s:\d| {4}at /)
            expect(response.headers.get('content-encoding')).toBeNull()
            if (response.status === 200) return
            expect(response.status).toBeGreaterThanOrEqual(400)
            expect(response.status).toBeLessThan(500)
            refusal.parse(members)
            expect(await rows()).toBe(before)
          },
        )
        await fc.assert(property, { numRuns: runsPerAction, endOnFailure: true })
      },
    )
  },
)

/** What differs at IMS. */
function imsSamplesOf(mediaId: string): Samples {
  const TemplateId = `1${'0'.repeat(28)}3e8`
  const config = { Type: 'Sprite', FrameType: 'intra', Time: '0', Count: '2', SpriteSnapshotConfig: { Columns: '3' } }
  return {
    Input: [
      { Type: 'Media', Media: mediaId },
      { Type: 'OSS', Media: 'oss://films/a/../b.mp4' },
    ],
    Output: [{ Type: 'Media' }, { Type: 'OSS', Media: 'oss://films/{Count}.jpg' }],
    TemplateConfig: [{ TemplateId, OverwriteParams: config }, JSON.stringify(config), '{"Type":'],
    ScheduleConfig: [{ PipelineId: 'none' }],
    TemplateId: [TemplateId, 'none'],
    Type: [2, '2'],
    Subtype: [1, '2'],
    Status: ['Init', 'Fail'],
    NextPageToken: ['WzEsIngiXQ'],
    UserData: ['{"NotifyAddress":"http://[::1"}', 'text'],
  }
}

function samplesOf(mediaId: string): Samples {
  const SpriteSnapshotConfig = { CellWidth: 120, Columns: '3', Lines: 2, Padding: 1, Margin: 2, Color: 'tomato' }
  const SnapshotConfig = { FrameType: 'intra', Count: '2', Interval: 1, SpecifiedOffsetTime: '0', SpriteSnapshotConfig }
  const template = (SnapshotType: string) => JSON.stringify({ SnapshotType, SnapshotConfig })
  return {
    VideoId: [mediaId, '1'],
    MediaId: [mediaId],
    ReferenceId: ['none-such'],
    JobId: ['0'.repeat(32)],
    JobType: ['snapshot', 'transcode'],
    SnapshotType: ['NormalSnapshot', 'WebVttSnapshot'],
    Count: [1, '2'],
    Interval: [0, 1],
    SpecifiedOffsetTimes: [[1000, 2500]],
    SpriteSnapshotConfig: [{}, SpriteSnapshotConfig, "{'Columns': 3}"],
    SnapshotTemplateId: [`1${'0'.repeat(31)}`],
    VodTemplateId: [`1${'0'.repeat(28)}3e8`, 'none'],
    TemplateType: ['Snapshot'],
    TemplateConfig: [template('SpriteSnapshot'), template('WebVttSnapshot'), '{"SnapshotType":'],
    UserData: ['{"Extend":{"a":1}}', 'text'],
    Name: ['hostile', '中文'],
    AppId: ['app-1000000'],
    PageNo: [1],
    PageSize: ['20'],
    AuthTimeout: ['60'],
  }
}
