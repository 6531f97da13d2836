import { answerOf } from '@libs/client'
import { makeLumaClock, S3Server } from '@libs/testing'
import { join } from 'node:path'
import sharp from 'sharp'
import { z } from 'zod'
import { currentAliyun } from '../aliyun/callers'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

const listed = z.object({
  MediaSnapshot: z.object({ Snapshots: z.object({ Snapshot: z.tuple([z.object({ Url: z.url() })]) }) }),
})
const urls = z.object({ WebVTTUrl: z.url() })
const ruled = z.object({ MediaSnapshot: z.object({ Regular: z.string().optional() }) })
const keys = (...ids: readonly string[]) => ids.map((id) => `${id}:${id.repeat(32)}`).join(',')

const places = [
  ['a folder', 'disk', 'off'],
  ['S3', 's3', 'off'],
  ['S3, which hands them out itself', 's3', 'on'],
] as const

describe.each(places)('files behind signed URLs, in %s', (_place, store, FILE_URL_REDIRECT) => {
  let s3: S3Server | undefined
  let product: TestProduct
  let mediaId: string
  let runId: string
  let vttUrl: string

  beforeAll(async () => {
    const settings = { FILE_URL_SIGNING: 'on', FILE_URL_KEYS: keys('a'), FILE_URL_REDIRECT }
    if (store === 's3') s3 = await S3Server.start()
    product = await startTestProduct({ backend: 'postgres', settings, ...(s3 && { storage: s3.settings() }) })
    const clip = join(product.folder, 'clock.mp4')
    await makeLumaClock({ path: clip, seconds: 3 })
    ;({ mediaId } = await product.rest.upload(clip))
    const body = { mediaId, tasks: [{ kind: 'imageSprites' as const, definition: 10 }] }
    ;({ runId } = await answerOf(product.rest.api.POST('/v1/runs', { body })))
    vttUrl = await waitFor('The sprite', 30_000, async () => {
      const [task] = (await product.rest.run(runId)).tasks
      return task?.output !== undefined && 'vtt' in task.output ? task.output.vtt.url : undefined
    })
  })

  afterAll(async () => {
    await stopTestProducts()
    await s3?.stop()
  })

  it('a player finds the sheets by the relative names in the VTT', async () => {
    const vtt = await fetch(vttUrl)
    expect([vtt.status, vtt.headers.get('content-type')]).toEqual([200, 'text/vtt; charset=utf-8'])
    const [name = ''] = /^\S+(?=#xywh)/m.exec(await vtt.text()) ?? []
    const sheet = await fetch(new URL(name, vtt.url))
    expect([sheet.status, sheet.redirected]).toEqual([200, FILE_URL_REDIRECT === 'on'])
    expect(await sharp(Buffer.from(await sheet.arrayBuffer())).metadata()).toMatchObject({ format: 'jpeg' })
  })

  it('lead on to URLs that are over within the hour, or to the bytes, for pages of any origin', async () => {
    const [name = ''] = /^\S+(?=#xywh)/m.exec(await (await fetch(vttUrl)).text()) ?? []
    const door = await fetch(new URL(name, vttUrl), { redirect: 'manual' })
    expect(door.headers.get('access-control-allow-origin')).toBe('*')
    if (FILE_URL_REDIRECT === 'off') {
      expect(door.status).toBe(200)
      return
    }
    const url = new URL(door.headers.get('location') ?? '')
    expect([door.status, door.headers.get('cache-control')]).toEqual([307, 'private, max-age=1800'])
    expect(Number(url.searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(3_600)
    expect((await fetch(url, { headers: { range: 'bytes=0-1' } })).status).toBe(206)
    expect((await fetch(url.origin + url.pathname)).status).toBe(403)
  })

  const ofVod = async (AuthTimeout: number): Promise<string> => {
    const asked = { VideoId: mediaId, SnapshotType: 'WebVttSnapshot', AuthTimeout }
    const answer = await currentAliyun(product, '2017-03-21').call('ListSnapshots', asked)
    return listed.parse(answer).MediaSnapshot.Snapshots.Snapshot[0].Url
  }

  const ofIms = async (Timeout: number): Promise<string> =>
    urls.parse(await currentAliyun(product, '2020-11-09').call('GetSnapshotUrls', { JobId: runId, Timeout })).WebVTTUrl

  it.each([
    ['VOD', ofVod, 7_200, 7_200],
    // Less than an hour is an hour there.
    ['VOD', ofVod, 60, 3_600],
    ['IMS', ofIms, 600, 600],
    ['IMS', ofIms, 129_600, 129_600],
  ])('are good for as long as a caller of Alibaba %s asks', async (_, urlFor, askedS, lifetimeS) => {
    const { status, headers } = await fetch(await urlFor(askedS))
    const [, maxAgeS = ''] = /max-age=(\d+)/.exec(headers.get('cache-control') ?? '') ?? []
    expect(status).toBe(200)
    // A URL stays the same for a sixteenth of its time.
    expect(Number(maxAgeS)).toBeGreaterThan(lifetimeS * (14 / 16))
    expect(Number(maxAgeS)).toBeLessThanOrEqual(lifetimeS)
  })

  it('have a rule at Alibaba VOD that leads to each of a job’s', async () => {
    const caller = currentAliyun(product, '2017-03-21')
    const VideoId = mediaId
    await caller.call('SubmitSnapshotJob', { VideoId, Count: 2 })
    const asked = { VideoId, SnapshotType: 'NormalSnapshot', AuthTimeout: 7_200 }
    const Regular = await waitFor('The snapshots', 60_000, async () => {
      const told = ruled.parse(await caller.call('ListSnapshots', asked)).MediaSnapshot
      return told.Regular
    })
    for (const [number, status] of [
      ['00001', 200],
      ['00002', 200],
      ['00003', 404],
    ] as const) {
      expect([number, (await fetch(Regular.replace('{SnapshotCount}', number))).status]).toEqual([number, status])
    }
  })

  it('are kept by browsers until their URL is over, and sent in parts', async () => {
    const whole = await fetch(vttUrl)
    const [, maxAgeS = ''] = /^private, max-age=(\d+), immutable$/.exec(whole.headers.get('cache-control') ?? '') ?? []
    expect(Number(maxAgeS)).toBeGreaterThan(6 * 24 * 3_600)
    expect(Number(maxAgeS)).toBeLessThanOrEqual(7 * 24 * 3_600)
    // Without a word about caches fetch forbids them, unlike a browser's.
    const etag = whole.headers.get('etag') ?? ''
    const unchanged = await fetch(vttUrl, { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } })
    expect(unchanged.status).toBe(304)
    const part = await fetch(vttUrl, { headers: { range: 'bytes=0-5' } })
    expect([part.status, await part.text()]).toEqual([206, 'WEBVTT'])
    expect(part.headers.get('x-content-type-options')).toBe('nosniff')
    expect(part.headers.has('set-cookie')).toBe(false)
  })

  it('are nobody’s without a pass of their own, be they there or not', async () => {
    const plain = vttUrl.replace(/~[^/]+\//, '')
    const { url } = z.object({ url: z.string() }).parse(await (await product.rest.call(`/v1/media/${mediaId}`)).json())
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200)
    const [pass = ''] = /~[^/]+/.exec(vttUrl) ?? []
    const refused = [plain, `${product.url}/files/none.jpg`, url.replace(/~[^/]+/, pass), vttUrl.replace('.5.', '.4.')]
    for (const each of refused) {
      const response = await fetch(each)
      expect([response.status, response.headers.get('content-type')]).toEqual([403, 'application/problem+json'])
      expect(await response.json()).toMatchObject({ code: 'file.forbidden' })
    }
    expect((await fetch(vttUrl.replace(/[^/]+$/, 'none.jpg'))).status).toBe(404)
  })
})
