import { h264, makeLumaClock } from '@libs/testing'
import { createHash } from 'node:crypto'
import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { z } from 'zod'
import { type AliyunCaller, aliyunCallers, currentAliyun } from '../aliyun/callers'
import { CallbackReceiver } from './neighbours/callback-receiver'
import { ClockPictures } from './pictures/clock-pictures'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

const seconds = 12.4
const version = '2020-11-09'
const signKey = 'abcDEF123'
const submitted = z.object({ JobId: z.string().regex(/^[0-9a-f]{32}$/) })
const told = z.object({
  SnapshotJob: z.looseObject({ Status: z.string(), Type: z.string(), Count: z.int(), Output: z.unknown() }),
})
const urls = z.object({ SnapshotUrls: z.array(z.url()), Total: z.int(), WebVTTUrl: z.url().optional() })
const made = z.object({ CustomTemplate: z.object({ TemplateId: z.string() }) })

const listed = z.object({
  Jobs: z.array(z.looseObject({ JobId: z.string() })),
  NextPageToken: z.string().optional(),
})

interface Spoilt {
  readonly OverwriteParams?: object
  readonly TemplateId?: string
  readonly [parameter: string]: unknown
}

describe('the life of snapshots at Alibaba IMS', () => {
  let product: TestProduct
  let receiver: CallbackReceiver
  let pictures: ClockPictures
  let media: string
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
    media = (await product.rest.upload(path)).mediaId
    current = currentAliyun(product, version)
  })

  afterAll(async () => {
    await stopTestProducts()
    await receiver.close()
  })

  async function template(config: object, caller = current): Promise<string> {
    const TemplateConfig = JSON.stringify(config)
    const answer = await caller.call('CreateCustomTemplate', { Name: 'clock', Type: 2, TemplateConfig })
    return made.parse(answer).CustomTemplate.TemplateId
  }

  /** @returns the job, ended */
  async function done(parameters: object, caller = current) {
    const places = { Input: { Type: 'Media', Media: media }, Output: { Type: 'Media', Media: media } }
    const { JobId } = submitted.parse(await caller.call('SubmitSnapshotJob', { ...places, ...parameters }))
    return waitFor(`The end of job ${JobId}`, 60_000, async () => {
      const { SnapshotJob } = told.parse(await caller.call('GetSnapshotJob', { JobId }))
      return SnapshotJob.Status === 'Init' ? undefined : { JobId, ...SnapshotJob }
    })
  }

  async function filesOf(JobId: string, caller = current) {
    return urls.parse(await caller.call('GetSnapshotUrls', { JobId, PageSize: 30 }))
  }

  async function lumaIn(url: string): Promise<number> {
    const picture = sharp(Buffer.from(await (await fetch(url)).arrayBuffer()))
    return (await picture.greyscale().stats()).channels[0]?.mean ?? NaN
  }

  it.each(Object.entries(aliyunCallers))('counts, intervals and starts are kept, called by %s', async (_, make) => {
    const caller = make(product, version)
    const Normal = { Type: 'Normal', FrameType: 'normal', Time: 1500, Count: 3, Interval: 2, Width: 160 }
    const TemplateId = await template(Normal, caller)
    for (const [OverwriteParams, shown] of [
      [undefined, [1, 3, 5]],
      [{ Count: 9, Interval: 5, Time: 2000 }, [2, 7, 12]],
      [{ Time: 0, Count: 4, Interval: 0 }, [0, 3, 6, 9]],
      [{ Time: 7000, Count: 1 }, [7]],
    ] as const) {
      const { JobId, ...job } = await done({ TemplateConfig: { TemplateId, OverwriteParams } }, caller)
      expect(job).toMatchObject({ Status: 'Success', Type: 'Normal', TemplateId, Count: shown.length })
      const { SnapshotUrls, Total } = await filesOf(JobId, caller)
      expect(Total).toBe(shown.length)
      expect(await pictures.secondsOf(SnapshotUrls)).toEqual(shown)
    }
    await caller.call('DeleteCustomTemplate', { TemplateId })
    for (const [action, parameters, code] of [
      ['GetCustomTemplate', { TemplateId }, 'NoSuchResource'],
      ['GetSnapshotJob', { JobId: '0'.repeat(32) }, 'NoSuchResource'],
      ['CreateCustomTemplate', { Name: 'x', Type: 2, TemplateConfig: '{' }, 'InvalidParameter'],
    ] as const) {
      await expect(caller.call(action, parameters)).rejects.toMatchObject({ code })
    }
  })

  it('lists jobs page by page, by how they ended', async () => {
    const TemplateId = await template({ Type: 'Normal', FrameType: 'normal', Time: 0, Count: 1 })
    const { JobId: first } = await done({ Name: 'first', TemplateConfig: { TemplateId } })
    const late = { TemplateId, OverwriteParams: { Time: 60_000 } }
    const { JobId: second, Status } = await done({ TemplateConfig: late })
    expect(Status).toBe('Fail')
    const list = async (asked: object) => listed.parse(await current.call('ListSnapshotJobs', asked))
    const page = await list({ PageSize: 1 })
    expect(page.Jobs.map(({ JobId }) => JobId)).toEqual([second])
    const next = await list({ PageSize: 1, NextPageToken: page.NextPageToken })
    expect(next.Jobs).toMatchObject([{ JobId: first, Name: 'first', TemplateId, Status: 'Success' }])
    expect((await list({ Status: 'Fail' })).Jobs.map(({ JobId }) => JobId)).toEqual([second])
    expect((await list({ Status: 'Success', JobId: second })).Jobs).toEqual([])
    expect(await list({ JobId: second })).not.toHaveProperty('NextPageToken')
    await expect(list({ NextPageToken: 'x' })).rejects.toMatchObject({ code: 'InvalidParameter' })
  })

  it.each([
    ['MissingInput', { Input: undefined }],
    ['InvalidParameter', { Input: { Type: 'OSS', Media: 'oss://films/../a.mp4' } }],
    ['InvalidParameter', { Input: { Type: 'OSS', Media: 'https://example.com/a.mp4' } }],
    ['InvalidVideo.NotFound', { Input: { Type: 'Media', Media: '1' } }],
    ['InvalidParameter', { Output: { Type: 'OSS', Media: 'oss://shots/a.jpg' } }],
    ['InvalidParameter', { Output: { Type: 'OSS', Media: 'oss://shots/../{Count}.jpg' } }],
    [
      'InvalidParameter',
      { OverwriteParams: { Type: 'Sprite' }, Output: { Type: 'OSS', Media: 'oss://shots/{Count}.jpg' } },
    ],
    [
      'InvalidParameter',
      { OverwriteParams: { Type: 'WebVtt' }, Output: { Type: 'OSS', Media: 'oss://shots/{Count}.jpg' } },
    ],
    ['InvalidParameter', { OverwriteParams: { BlackLevel: 29 } }],
    ['InvalidParameter', { OverwriteParams: { Colour: 1 } }],
    ['NoSuchResource', { TemplateId: `1${'0'.repeat(27)}0fff` }],
    ['NoSuchResource', { ScheduleConfig: { PipelineId: 'none' } }],
    ['InvalidParameter', { UserData: '{"NotifyAddress":"http://"}' }],
  ])('answers %s to a job of %j', async (code, { OverwriteParams, TemplateId, ...spoilt }: Spoilt) => {
    const own = TemplateId ?? (await template({ Type: 'Normal', Time: 0, Count: 2 }))
    const good = { Input: { Type: 'Media', Media: media }, Output: { Type: 'Media' } }
    const job = { ...good, TemplateConfig: { TemplateId: own, OverwriteParams }, ...spoilt }
    await expect(current.call('SubmitSnapshotJob', job)).rejects.toMatchObject({ code })
    if (TemplateId === undefined) await current.call('DeleteCustomTemplate', { TemplateId: own })
  })

  it('keeps a template’s words, and lists it', async () => {
    const TemplateConfig = '{"Type":"Sprite",  "Count":"8","SpriteSnapshotConfig":{"Columns":"3"}}'
    const named = { Name: '模板', Type: 2, Subtype: 2, TemplateConfig }
    const created = z.looseObject({ CustomTemplate: z.looseObject({ TemplateId: z.string() }) })
    const { CustomTemplate } = created.parse(await current.call('CreateCustomTemplate', named))
    expect(CustomTemplate).toMatchObject({ TemplateName: '模板', Subtype: 'Sprite', TypeName: 'SnapshotTemplate' })
    const { TemplateId } = CustomTemplate
    await current.call('UpdateCustomTemplate', { TemplateId, Name: 'other' })
    const told = { TemplateId, TemplateName: 'other', Type: 2, Subtype: 2, SubtypeName: 'Sprite', TemplateConfig }
    expect(await current.call('GetCustomTemplate', { TemplateId })).toMatchObject({ CustomTemplate: told })
    const asked = { Type: '2', Subtype: '2', Name: 'oth', OrderBy: 'CreateTimeDesc' }
    expect(await current.call('ListCustomTemplates', asked)).toMatchObject({ Total: 1, CustomTemplateList: [told] })
    await current.call('DeleteCustomTemplate', { TemplateId })
    const gone = current.call('GetCustomTemplate', { TemplateId })
    await expect(gone).rejects.toMatchObject({ code: 'NoSuchResource' })
    const wrong = current.call('CreateCustomTemplate', { ...named, Subtype: 1 })
    await expect(wrong).rejects.toMatchObject({ code: 'InvalidParameter' })
  })

  it('a black opening is passed over, by a series from the first frame and by one picture of it', async () => {
    const path = join(product.folder, 'black.mp4')
    const filter = 'drawbox=x=0:y=0:w=iw:h=ih:color=black:t=fill:enable=lt(t\\,1.5)'
    await makeLumaClock({ path, seconds: 4, filter })
    const opensBlack = (await product.rest.upload(path)).mediaId
    const Input = { Type: 'Media', Media: opensBlack }
    const Output = { Type: 'Media' }
    const TemplateId = await template({ Type: 'Normal', FrameType: 'normal', Time: 0, Count: 2, Interval: 1 })
    const lumaOf = async (OverwriteParams: object): Promise<number> => {
      const { JobId } = await done({ Input, Output, TemplateConfig: { TemplateId, OverwriteParams } })
      return lumaIn((await filesOf(JobId)).SnapshotUrls[0] ?? '')
    }
    expect(await lumaOf({})).toBeLessThan(16)
    expect(await lumaOf({ BlackLevel: 90, PixelBlackThreshold: 40 })).toBeGreaterThan(60)
    expect(await lumaOf({ BlackLevel: 90, PixelBlackThreshold: 0 })).toBeLessThan(16)
    expect(await lumaOf({ Count: 1 })).toBeGreaterThan(60)
    expect(await lumaOf({ Time: 500, BlackLevel: 90 })).toBeLessThan(16)
  })

  it.each([
    ['normal', 4.99, [5, 6]],
    ['normal', 5.01, ['black', 6]],
    // Keyframes are a second apart: the first that is not black and nearest to a time that is looked at.
    ['intra', 1.5, [2, 6]],
    ['intra', 5.01, ['black', 6]],
  ] as const)('%s passes over %d seconds of black, up to five', async (FrameType, blackS, shown) => {
    const path = join(product.folder, `${FrameType}-${blackS}.mp4`)
    const filter = `drawbox=x=0:y=0:w=iw:h=ih:color=black:t=fill:enable=lt(t\\,${blackS})`
    await makeLumaClock({ path, seconds: 8, filter })
    const Input = { Type: 'Media', Media: (await product.rest.upload(path)).mediaId }
    const black = { BlackLevel: 90, PixelBlackThreshold: 40 }
    const TemplateId = await template({ Type: 'Normal', FrameType, Time: 0, Count: 2, Interval: 6, ...black })
    const { JobId } = await done({ Input, Output: { Type: 'Media' }, TemplateConfig: { TemplateId } })
    const { SnapshotUrls } = await filesOf(JobId)
    expect(SnapshotUrls).toHaveLength(2)
    const seen = SnapshotUrls.map(async (url) =>
      (await lumaIn(url)) < 16 ? 'black' : (await pictures.secondsOf([url]))[0],
    )
    expect(await Promise.all(seen)).toEqual(shown)
  })

  it('intra shows the nearest keyframes, each once', async () => {
    const path = join(product.folder, 'keyframes.mp4')
    const encoding = h264({ gopFrames: 100 })
    await makeLumaClock({ path, seconds, encoding })
    const sparse = (await product.rest.upload(path)).mediaId
    const TemplateId = await template({ Type: 'Normal', Time: 1000, Count: 4, Interval: 3 })
    const places = { Input: { Type: 'Media', Media: sparse }, Output: { Type: 'Media' } }
    const shown = async (OverwriteParams: object) => {
      const { JobId } = await done({ ...places, TemplateConfig: { TemplateId, OverwriteParams } })
      return pictures.secondsOf((await filesOf(JobId)).SnapshotUrls)
    }
    expect(await shown({ FrameType: 'normal' })).toEqual([1, 4, 7, 10])
    expect(await shown({})).toEqual([0, 4, 8])
  })

  it('sprites have gaps and sheets, a WebVTT has whole pictures or places on sheets', async () => {
    const SpriteSnapshotConfig = { CellWidth: 80, CellHeight: 44, Columns: 3, Lines: 2, Padding: 4, Margin: 6 }
    const sampled = { FrameType: 'normal', Time: 0, Count: 10, Interval: 2 }
    const Sprite = await template({ Type: 'Sprite', ...sampled, SpriteSnapshotConfig })
    const OverwriteParams = { SpriteSnapshotConfig: { Color: 'tomato' } }
    const { JobId, Type } = await done({ TemplateConfig: { TemplateId: Sprite, OverwriteParams } })
    expect(Type).toBe('Sprite')
    const { SnapshotUrls: sheets, WebVTTUrl: ofSprite = '' } = await filesOf(JobId)
    expect(sheets).toHaveLength(2)
    const sheet = sharp(Buffer.from(await (await fetch(sheets[0] ?? '')).arrayBuffer()))
    const { data, info } = await sheet.raw().toBuffer({ resolveWithObject: true })
    expect([info.width, info.height]).toEqual([2 * 6 + 3 * 80 + 2 * 4, 2 * 6 + 2 * 44 + 4])
    const [red = 0, green = 0, blue = 0] = data.subarray(info.channels * (2 * info.width + 2))
    expect(Math.max(Math.abs(red - 255), Math.abs(green - 99), Math.abs(blue - 71))).toBeLessThan(24)
    expect((await pictures.cuesOf(ofSprite, sheets)).map(({ shows }) => shows)).toEqual([0, 2, 4, 6, 8, 10, 12])

    const WebVtt = await template({ Type: 'WebVtt', ...sampled })
    const whole = await done({ TemplateConfig: { TemplateId: WebVtt } })
    expect(whole.Type).toBe('WebVtt')
    const { SnapshotUrls, WebVTTUrl = '' } = await filesOf(whole.JobId)
    expect(await pictures.secondsOf(SnapshotUrls)).toEqual([0, 2, 4, 6, 8, 10, 12])
    const text = await (await fetch(WebVTTUrl)).text()
    expect(text.match(/^[^\s]+\.jpg$/gm)).toEqual(SnapshotUrls.map((url) => url.split('/').at(-1)))
    const tiled = await done({ TemplateConfig: { TemplateId: WebVtt, OverwriteParams: { IsSptFrag: true } } })
    expect(tiled.Type).toBe('WebVtt')
  })

  it('a job takes and leaves files in buckets, whose URLs are always signed', async () => {
    const folder = join(product.folder, 'data/media/buckets/0/films/影片 50%#?')
    await mkdir(folder, { recursive: true })
    await copyFile(join(product.folder, 'clock.mp4'), join(folder, "it's.mp4"))
    const TemplateId = await template({ Type: 'WebVtt', FrameType: 'normal', Time: 0, Count: 3, Interval: 4 })
    const places = {
      Input: { Type: 'OSS', Media: "oss://films/影片 50%#?/it's.mp4" },
      Output: { Type: 'OSS', Media: 'http://shots.oss-cn-shanghai.aliyuncs.com/out/a%20clock%23.vtt' },
    }
    const { JobId, Output } = await done({ ...places, TemplateConfig: { TemplateId } })
    const OssFile = { Bucket: 'shots', Location: 'oss-cn-shanghai', Object: 'out/a clock#.vtt' }
    expect(Output).toEqual({ ...places.Output, OssFile })
    const { SnapshotUrls, WebVTTUrl = '' } = await filesOf(JobId)
    expect(SnapshotUrls.map((url) => url.replace(/.*~[^/]*/, ''))).toEqual(
      ['00001', '00002', '00003'].map((number) => `/buckets/0/shots/out/a%20clock%23-${number}.jpg`),
    )
    expect(await pictures.secondsOf(SnapshotUrls)).toEqual([0, 4, 8])
    expect((await fetch((SnapshotUrls[0] ?? '').replace(/~[^/]*\//, ''))).status).toBe(403)
    // A player follows the names in the text from its own URL.
    const names = (await (await fetch(WebVTTUrl)).text()).match(/^\S+\.jpg$/gm) ?? []
    expect(await pictures.secondsOf(names.map((name) => new URL(name, WebVTTUrl).href))).toEqual([0, 4, 8])
    const missing = { ...places, Input: { Type: 'OSS', Media: 'oss://films/in/none.mp4' } }
    const failed = await done({ ...missing, TemplateConfig: { TemplateId } })
    expect(failed).toMatchObject({ Status: 'Fail', Code: 'InvalidParameter.ResourceNotFound' })
  })

  it('pictures and sheets in buckets are counted where their names say', async () => {
    const sampled = { FrameType: 'normal', Time: 0, Count: 4, Interval: 3 }
    const SpriteSnapshotConfig = { CellWidth: 80, Columns: 2, Lines: 1 }
    const named = async (config: object, Media: string) => {
      const order = { Output: { Type: 'OSS', Media }, TemplateConfig: { TemplateId: await template(config) } }
      const { JobId, Count } = await done(order)
      const files = await filesOf(JobId)
      const names = files.SnapshotUrls.map((url) => url.replace(/.*\/buckets\/0\//, ''))
      return { ...files, Count, names }
    }
    const ofPictures = await named({ Type: 'Normal', ...sampled }, 'oss://shots/{Count}/clock-{Count}.jpg')
    expect(ofPictures.names).toEqual([1, 2, 3, 4].map((n) => `shots/0000${n}/clock-0000${n}.jpg`))
    expect(await pictures.secondsOf(ofPictures.SnapshotUrls)).toEqual([0, 3, 6, 9])
    const ofSprites = await named(
      { Type: 'Sprite', ...sampled, SpriteSnapshotConfig },
      'oss://shots/tiles/{TileCount}.jpg',
    )
    expect([ofSprites.Count, ofSprites.names]).toEqual([2, ['shots/tiles/00001.jpg', 'shots/tiles/00002.jpg']])
    const cues = await pictures.cuesOf(ofSprites.WebVTTUrl ?? '', ofSprites.SnapshotUrls)
    expect(cues.map(({ shows }) => shows)).toEqual([0, 3, 6, 9])
  })

  it('a job is told of where it says, signed as the vendor signs', async () => {
    const TemplateId = await template({ Type: 'Normal', FrameType: 'normal', Time: 0, Count: 2 })
    const NotifyAddress = receiver.url.replace('/callback', '/own?x=1')
    const UserData = JSON.stringify({ NotifyAddress, localId: '订单 7' })
    const { JobId } = await done({ TemplateConfig: { TemplateId }, UserData })
    const index = await waitFor(`The event of ${JobId}`, 30_000, () => {
      const found = receiver.deliveries.findIndex(({ body }) => body.includes(JobId))
      return found === -1 ? undefined : found
    })
    const { path = '', body = '' } = receiver.deliveries[index] ?? {}
    expect(NotifyAddress.endsWith(path)).toBe(true)
    expect(JSON.parse(body)).toMatchObject({
      EventType: 'SnapshotComplete',
      UserId: 0,
      MessageBody: { JobId, Status: 'Success', Count: 2, UserData },
    })
    const headers = receiver.headers[index] ?? {}
    const signed = `${NotifyAddress}|${String(headers['x-ice-timestamp'])}|${signKey}`
    expect(headers['x-ice-signature']).toBe(createHash('md5').update(signed).digest('hex'))
  })
})
