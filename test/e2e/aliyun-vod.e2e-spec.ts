import { h264, makeLumaClock } from '@libs/testing'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import sharp from 'sharp'
import { z } from 'zod'
import { type AliyunCaller, aliyunCallers, currentAliyun } from '../aliyun/callers'
import { CallbackReceiver } from './neighbours/callback-receiver'
import { ClockPictures } from './pictures/clock-pictures'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

const seconds = 12.4
const version = '2017-03-21'
const signKey = 'abcDEF123'
const submitted = z.object({ SnapshotJob: z.object({ JobId: z.string() }) })
const detail = z.object({ SnapshotJobDetail: z.object({ Status: z.string() }) })
const listed = z.object({
  MediaSnapshot: z.object({
    JobId: z.string(),
    Total: z.int(),
    Snapshots: z.object({ Snapshot: z.array(z.object({ Index: z.int(), Url: z.url() })) }),
  }),
})

const refusal = z.object({ RequestId: z.string(), HostId: z.string(), Code: z.string(), Message: z.string() })
const addedTemplate = z.object({ VodTemplateId: z.string() })

describe('the life of snapshots at Alibaba VOD', () => {
  let product: TestProduct
  let receiver: CallbackReceiver
  let pictures: ClockPictures
  let VideoId: string
  let current: AliyunCaller

  beforeAll(async () => {
    product = await startTestProduct({ backend: 'postgres', egressAllow: '127.0.0.0/8' })
    receiver = new CallbackReceiver()
    await receiver.open()
    pictures = new ClockPictures(product.folder)
    const path = join(product.folder, 'clock.mp4')
    await makeLumaClock({ path, seconds })
    const config = { Mode: 'PUSH', NotificationUrl: receiver.url, SignKey: signKey }
    await product.vendor.request('ModifyEventConfig', config)
    VideoId = (await product.rest.upload(path)).mediaId
    current = currentAliyun(product, version)
  })

  afterAll(async () => {
    await stopTestProducts()
    await receiver.close()
  })

  /** @returns the job, ended */
  async function done(caller: AliyunCaller, parameters: object, status = 'Success'): Promise<string> {
    const { JobId } = submitted.parse(await caller.call('SubmitSnapshotJob', { VideoId, ...parameters })).SnapshotJob
    const ended = await waitFor(`The end of job ${JobId}`, 60_000, async () => {
      const { Status } = detail.parse(
        await caller.call('GetJobDetail', { JobId, JobType: 'snapshot' }),
      ).SnapshotJobDetail
      return Status === 'Processing' ? undefined : Status
    })
    expect(ended).toBe(status)
    return JobId
  }

  async function list(caller: AliyunCaller, SnapshotType: string, video = VideoId): Promise<readonly string[]> {
    const answer = await caller.call('ListSnapshots', { VideoId: video, SnapshotType, PageSize: 100 })
    return listed.parse(answer).MediaSnapshot.Snapshots.Snapshot.map(({ Url }) => Url)
  }

  function eventOf(text: string) {
    return waitFor(`The event that tells of ${text}`, 30_000, () => {
      const index = receiver.deliveries.findIndex(({ body }) => body.includes(text))
      const { path = '', body = '' } = receiver.deliveries[index] ?? {}
      const headers = receiver.headers[index]
      return headers && { path, headers, body: JSON.parse(body) as unknown }
    })
  }

  it.each([
    [{ Count: 3, Interval: 2, SpecifiedOffsetTime: 1500 }, [1, 3, 5]],
    [{ Count: 9, Interval: 5, SpecifiedOffsetTime: 2000 }, [2, 7, 12]],
    [{ Interval: 6 }, [0, 6, 12]],
    [{ Count: 4, Interval: 0 }, [0, 3, 6, 9]],
    [{ Count: 2, SpecifiedOffsetTime: 7000 }, [7, 8]],
    [{ SpecifiedOffsetTimes: [11_900, 2_500] }, [11, 2]],
  ])('a job of %j shows the seconds %j', async (parameters, shown) => {
    await done(current, { ...parameters, Width: '160' })
    expect(await pictures.secondsOf(await list(current, 'NormalSnapshot'))).toEqual(shown)
  })

  it.each(Object.entries(aliyunCallers))('a template and a job live and are refused, called by %s', async (_, make) => {
    const caller = make(product, version)
    const SnapshotConfig = { FrameType: 'normal', Count: '2', Interval: '4', SpecifiedOffsetTime: '3000' }
    const TemplateConfig = JSON.stringify({ SnapshotType: 'NormalSnapshot', SnapshotConfig })
    const asked = { Name: '模板 a+b', TemplateType: 'Snapshot', TemplateConfig }
    const { VodTemplateId } = addedTemplate.parse(await caller.call('AddVodTemplate', asked))
    const told = { VodTemplateInfo: { Name: '模板 a+b', TemplateConfig } }
    expect(await caller.call('GetVodTemplate', { VodTemplateId })).toMatchObject(told)
    await done(caller, { SnapshotTemplateId: VodTemplateId, UserData: '{"Extend":{"note":"~* %20 é"}}' })
    expect(await pictures.secondsOf(await list(caller, 'NormalSnapshot'))).toEqual([3, 7])
    await caller.call('DeleteVodTemplate', { VodTemplateId })
    for (const [action, parameters, code] of [
      ['GetVodTemplate', { VodTemplateId }, 'NoSuchResource'],
      ['SubmitSnapshotJob', { VideoId: '1', Count: 1 }, 'InvalidVideo.NotFound'],
      ['SubmitSnapshotJob', { VideoId, Count: 'x' }, 'InvalidCount'],
    ] as const) {
      await expect(caller.call(action, parameters)).rejects.toMatchObject({ code })
    }
  })

  it('a sprite has gaps of its colour, keeps its small pictures and comes with a WebVTT', async () => {
    const layout = { CellWidth: 80, CellHeight: 44, Columns: 3, Lines: 2, Padding: 4, Margin: 6, Color: 'tomato' }
    await done(current, { Interval: 2, SpriteSnapshotConfig: JSON.stringify(layout) })
    const sheets = await list(current, 'SpriteSnapshot')
    expect(sheets).toHaveLength(2)
    const [first = ''] = sheets
    const sheet = sharp(Buffer.from(await (await fetch(first)).arrayBuffer()))
    const { data, info } = await sheet.raw().toBuffer({ resolveWithObject: true })
    expect([info.width, info.height]).toEqual([2 * 6 + 3 * 80 + 2 * 4, 2 * 6 + 2 * 44 + 4])
    for (const [x, y] of [
      [2, 2],
      [6 + 80 + 2, 20],
      [40, 6 + 44 + 2],
    ] as const) {
      const at = (y * info.width + x) * info.channels
      const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3)
      expect(Math.max(Math.abs(red - 255), Math.abs(green - 99), Math.abs(blue - 71))).toBeLessThan(24)
    }
    expect(await pictures.secondsOf(await list(current, 'SpriteOriginSnapshot'))).toEqual([0, 2, 4, 6, 8, 10, 12])
    const [vtt = ''] = await list(current, 'WebVttSnapshot')
    const cues = await pictures.cuesOf(vtt, sheets)
    expect(cues.map(({ shows }) => shows)).toEqual([0, 2, 4, 6, 8, 10, 12])
  })

  it('a template makes a WebVTT of whole pictures, each of a keyframe', async () => {
    const SnapshotConfig = { FrameType: 'intra', Count: '3', Interval: '4', SpecifiedOffsetTime: '0', Format: 'vtt' }
    const TemplateConfig = JSON.stringify({
      SnapshotType: 'WebVttSnapshot',
      SnapshotConfig: { ...SnapshotConfig, SubOut: { IsSptFrag: 'false' } },
    })
    const added = await current.call('AddVodTemplate', { Name: 'vtt', TemplateType: 'Snapshot', TemplateConfig })
    const { VodTemplateId: SnapshotTemplateId } = addedTemplate.parse(added)
    const JobId = await done(current, { SnapshotTemplateId })
    const whole = await list(current, 'SpriteOriginSnapshot')
    expect(whole).toHaveLength(3)
    const [vtt = ''] = await list(current, 'WebVttSnapshot')
    expect(vtt).toMatch(/\.vtt$/)
    const text = await (await fetch(vtt)).text()
    expect(text.match(/^[^\s]+\.jpg$/gm)).toEqual(whole.map((url) => url.split('/').at(-1)))
    expect(
      listed.parse(await current.call('ListSnapshots', { VideoId, SnapshotType: 'WebVttSnapshot' })),
    ).toMatchObject({
      MediaSnapshot: { JobId, Total: 1 },
    })
  })

  it('intra shows the nearest keyframes, each once', async () => {
    const path = join(product.folder, 'keyframes.mp4')
    await makeLumaClock({ path, seconds, encoding: h264({ gopFrames: 100 }) })
    const sparse = (await product.rest.upload(path)).mediaId
    for (const [FrameType, shown] of [
      ['normal', [1, 4, 7, 10]],
      ['intra', [0, 4, 8]],
    ] as const) {
      const SnapshotConfig = { FrameType, Count: '4', Interval: '3', SpecifiedOffsetTime: '1000' }
      const TemplateConfig = JSON.stringify({ SnapshotType: 'NormalSnapshot', SnapshotConfig })
      const added = await current.call('AddVodTemplate', { Name: FrameType, TemplateType: 'Snapshot', TemplateConfig })
      const { VodTemplateId: SnapshotTemplateId } = addedTemplate.parse(added)
      await done(current, { VideoId: sparse, SnapshotTemplateId })
      expect(await pictures.secondsOf(await list(current, 'NormalSnapshot', sparse))).toEqual(shown)
    }
  })

  it('a query of more than 16 KB is heard, and its text told again as it was', async () => {
    const SnapshotConfig = { FrameType: 'normal', Count: '1', Interval: '1' }
    const config = JSON.stringify({ SnapshotType: 'NormalSnapshot', SnapshotConfig })
    const TemplateConfig = `{${' '.repeat(16_000)}${config.slice(1)}`
    const added = await current.call('AddVodTemplate', { Name: 'long', TemplateType: 'Snapshot', TemplateConfig })
    const { VodTemplateId } = addedTemplate.parse(added)
    expect(await current.call('GetVodTemplate', { VodTemplateId })).toMatchObject({
      VodTemplateInfo: { TemplateConfig },
    })
  })

  it.each([
    [49, 413],
    [80, 431],
  ])('a query of %d KB is refused with %d, in words that the vendor’s clients read', async (kB, status) => {
    const headers = { 'x-acs-action': 'ListSnapshots', 'x-acs-version': version }
    const response = await fetch(`${product.url}/?UserData=${'x'.repeat(kB * 1024)}`, { method: 'POST', headers })
    const told = refusal.parse(await response.json())
    expect([response.status, told.Code]).toEqual([status, 'RequestTooLarge'])
  })

  it('a job fails for one time behind the end, and tells why', async () => {
    // What tells of a failure has no member with the id of the job.
    const UserData = '{"Extend":"one is behind"}'
    await done(current, { SpecifiedOffsetTimes: [1000, 60_000], UserData }, 'Fail')
    const { body } = await eventOf('one is behind')
    expect(body).toMatchObject({ Status: 'fail', ErrorCode: 'InvalidParameter' })
  })

  it('a job is told of where it says, signed as the vendor signs', async () => {
    const CallbackURL = receiver.url.replace('/callback', '/own?x=1')
    const UserData = JSON.stringify({ MessageCallback: { CallbackURL }, Extend: { localId: '订单 7' } })
    const good = await done(current, { Count: 2, UserData })
    const lateJob = { Count: 2, SpecifiedOffsetTime: 60_000, UserData: '{"Extend":"too late"}' }
    await done(current, lateJob, 'Fail')
    const [of, ofBad] = [await eventOf(good), await eventOf('too late')]
    expect((await product.rest.call(`/v1/runs/${good}`)).status).toBe(200)
    const latest = await current.call('ListSnapshots', { VideoId, SnapshotType: 'NormalSnapshot' })
    expect(listed.parse(latest).MediaSnapshot).toMatchObject({ JobId: good, Total: 2 })
    const event = { EventType: 'SnapshotComplete', SubType: 'SpecifiedTime', VideoId }
    const SnapshotRegular = expect.stringMatching(/^http:.*\/snapshot-\{SnapshotCount\}\.jpg$/) as string
    expect(of.body).toMatchObject({
      ...event,
      Status: 'success',
      Extend: '{"localId":"订单 7"}',
      SnapshotInfos: [
        { Status: 'success', SnapshotType: 'NormalSnapshot', SnapshotCount: 2, JobId: good, SnapshotRegular },
      ],
    })
    const why = { Status: 'fail', ErrorCode: 'InvalidParameter', Extend: 'too late' }
    expect(ofBad.body).toMatchObject({ ...event, ...why })
    for (const member of ['SnapshotInfos', 'CoverUrl']) expect(ofBad.body).not.toHaveProperty(member)
    for (const [{ headers, path }, url] of [
      [of, CallbackURL],
      [ofBad, receiver.url],
    ] as const) {
      expect(url.endsWith(path)).toBe(true)
      const signed = `${url}|${headers['x-vod-timestamp'] ?? ''}|${signKey}`
      expect(headers['x-vod-signature']).toBe(createHash('md5').update(signed).digest('hex'))
    }
  })
})
