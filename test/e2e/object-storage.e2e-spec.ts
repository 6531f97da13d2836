import { makeLumaClock, queueBackends, S3Server } from '@libs/testing'
import { existsSync, openAsBlob } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { z } from 'zod'
import { CallbackReceiver } from './neighbours/callback-receiver'
import { FileServer } from './neighbours/file-server'
import { ClockPictures } from './pictures/clock-pictures'
import { parseTaskEvent } from './pictures/task-event'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

const started = z.object({ runId: z.string() })
const stillsOf = z.object({
  state: z.string(),
  tasks: z.array(
    z.object({ state: z.string(), output: z.object({ stills: z.array(z.object({ url: z.url() })) }).optional() }),
  ),
})
const faultsOf = z.object({ state: z.string(), tasks: z.array(z.looseObject({ state: z.string() })) })
const applied = z.object({ UploadPartUrl: z.string() })
const clip = { name: 'clock.mp4', seconds: 12.4 }

describe.each(queueBackends())('a product with its files in S3, on %s', (backend) => {
  let server: S3Server
  let product: TestProduct
  let receiver: CallbackReceiver
  let files: FileServer
  let pictures: ClockPictures

  beforeAll(async () => {
    server = await S3Server.start()
    product = await startTestProduct({ backend, egressAllow: '127.0.0.0/8', storage: server.settings() })
    receiver = new CallbackReceiver()
    files = new FileServer(product.folder)
    await Promise.all([receiver.open(), files.open()])
    pictures = new ClockPictures(product.folder)
    await makeLumaClock({ path: join(product.folder, clip.name), seconds: clip.seconds })
    await product.vendor.ModifyEventConfig({ Mode: 'PUSH', NotificationUrl: receiver.url })
  })

  afterAll(async () => {
    await stopTestProducts()
    await Promise.all([receiver.close(), files.close(), server.stop()])
  })

  it('takes an upload and makes its cover, and keeps nothing on its own disk', async () => {
    const { mediaId: FileId } = await product.rest.upload(join(product.folder, clip.name))
    const cover = { Definition: 10, PositionType: 'Percent', PositionValue: 50 }
    const MediaProcessTask = { CoverBySnapshotTaskSet: [cover] }
    const { TaskId = '' } = await product.vendor.ProcessMedia({ FileId, MediaProcessTask })
    const [result] = parseTaskEvent((await receiver.finishOf(TaskId)).body).MediaProcessResultSet
    if (result?.Type !== 'CoverBySnapshot') throw new Error('There is no result of the one task.')
    const { CoverUrl = '' } = result.CoverBySnapshotTask.Output ?? {}
    expect(CoverUrl).toContain(`${product.url}/files/artifacts/`)
    expect(await pictures.secondsOf([CoverUrl])).toEqual([6])

    expect(server.keys.map((key) => key.split('/', 2))).toEqual([
      ['product', 'sources'],
      ['product', 'artifacts'],
    ])
    expect(existsSync(join(product.folder, 'data', 'media'))).toBe(false)
  })

  it('pulls a media and makes its sprite, whose files are handed out as from a folder', async () => {
    const MediaProcessTask = { ImageSpriteTaskSet: [{ Definition: 10 }] }
    const { TaskId = '' } = await product.vendor.ProcessMedia({ Url: files.urlOf(clip.name), MediaProcessTask })
    const [result] = parseTaskEvent((await receiver.finishOf(TaskId)).body).MediaProcessResultSet
    if (result?.Type !== 'ImageSprites') throw new Error('There is no result of the one task.')
    const { ImageUrlSet: sheets = [], WebVttUrl: vtt = '' } = result.ImageSpriteTask.Output ?? {}
    const cues = await pictures.cuesOf(vtt, sheets)
    expect(cues.map(({ startMs, shows }) => [startMs, shows])).toEqual([
      [0, 0],
      [10_000, 10],
    ])

    const part = await fetch(vtt, { headers: { range: 'bytes=0-5' } })
    expect([part.status, await part.text(), part.headers.get('content-type')]).toEqual([
      206,
      'WEBVTT',
      'text/vtt; charset=utf-8',
    ])
    const missing = await fetch(`${vtt}x`)
    expect([missing.status, missing.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
  })

  it('takes a video from a bucket, and leaves its pictures in one under the names they were given', async () => {
    const { AWS_ENDPOINT_URL_S3: endpoint, STORAGE_URL, AWS_ACCESS_KEY_ID: id } = server.settings()
    const put = await fetch(`${STORAGE_URL.replace('s3:/', endpoint)}/buckets/0/films/in/clock.mp4`, {
      method: 'PUT',
      headers: { authorization: `AWS4-HMAC-SHA256 Credential=${id}/` },
      body: await readFile(join(product.folder, clip.name)),
    })
    expect(put.status).toBe(200)

    const task = {
      kind: 'sampleSnapshot',
      settings: { sampling: { by: 'series', startMs: 0, count: 3, intervalMs: 5000 } },
    }
    const placed = { ...task, bucket: 'shots', fileName: 'of/{index}.{format}' }
    const body = JSON.stringify({ object: { bucket: 'films', name: 'in/clock.mp4' }, tasks: [placed] })
    const answer = await product.rest.call('/v1/runs', { method: 'POST', body })
    const { runId } = started.parse(await answer.json())
    const [ended] = await waitFor('The end of the run', 60_000, async () => {
      const { state, tasks } = stillsOf.parse(await (await product.rest.call(`/v1/runs/${runId}`)).json())
      return state === 'finished' ? tasks : undefined
    })
    const urls = ended?.output?.stills.map(({ url }) => url) ?? []
    expect(await pictures.secondsOf(urls)).toEqual([0, 5, 10])
    const names = ['00001', '00002', '00003'].map((index) => `product/buckets/0/shots/of/${index}.jpg`)
    // The server tells its keys in the order they came, and pictures are put several at a time.
    expect(server.keys.filter((key) => key.includes('/shots/')).sort()).toEqual(names)
    // Somebody else's place: its files are not for whoever guesses a name.
    expect((await fetch(`${product.url}/files/buckets/0/shots/of/00001.jpg`)).status).toBe(403)
  })

  it('tries again where S3 refused a source and then a result, and leaves nothing behind', async () => {
    const refused = async (on: RegExp) => {
      const before = server.requests.length
      server.fault = { on, status: 403 }
      const isRefused = () => server.requests.slice(before).some((request) => on.test(request)) || undefined
      await waitFor(`What ${on} refuses`, 30_000, isRefused)
    }
    const { mediaId: FileId } = await product.rest.upload(join(product.folder, clip.name))
    await waitFor('The media', 30_000, async () => (await product.rest.media(FileId)).state === 'ready' || undefined)
    const MediaProcessTask = {
      CoverBySnapshotTaskSet: [{ Definition: 10, PositionType: 'Percent', PositionValue: 50 }],
    }
    const refusing = refused(/^\w+ \/pictures\/product\/sources/)
    const { TaskId = '' } = await product.vendor.ProcessMedia({ FileId, MediaProcessTask })
    await refusing
    await refused(/^PUT \/pictures\/product\/artifacts/)
    server.fault = undefined
    const [result] = parseTaskEvent((await receiver.finishOf(TaskId)).body).MediaProcessResultSet
    expect(result).toMatchObject({ CoverBySnapshotTask: { Status: 'SUCCESS' } })
    const tries = `select tries from task where media_id = '${FileId}' and kind = 'coverBySnapshot'`
    expect(await product.query(tries)).toEqual([{ tries: 2 }])
    const left = await readdir(product.workDir, { recursive: true, withFileTypes: true })
    expect([left.filter((each) => each.isFile()), server.unfinishedUploads]).toEqual([[], 0])
  })

  it('says so to whoever uploads while S3 refuses, and keeps nothing of it', async () => {
    const before = server.keys
    server.fault = { on: /^PUT/, status: 500 }
    const refused = product.rest.upload(join(product.folder, clip.name))
    await expect(refused).rejects.toMatchObject({ status: 503, code: 'storage.failed' })
    server.fault = undefined
    expect([server.keys, server.unfinishedUploads]).toEqual([before, 0])
  })

  it('keeps what is of a sub-application under prefixes of its own, and takes nothing from another’s', async () => {
    const made = await product.rest.call('/v1/sub-apps', { method: 'POST', body: JSON.stringify({ name: 'shop' }) })
    const { id: subAppId } = z.object({ id: z.int() }).parse(await made.json())
    const before = server.keys
    const shop = async (path: string, body: FormData | object) => {
      const sent = body instanceof FormData ? body : JSON.stringify(body)
      const headers = { 'Stillflow-Sub-App': String(subAppId) }
      const answer = await product.rest.call(path, { method: 'POST', body: sent, headers })
      return { status: answer.status, body: (await answer.json()) as object }
    }
    const form = new FormData()
    form.set('file', await openAsBlob(join(product.folder, clip.name)), clip.name)
    const { mediaId } = z.object({ mediaId: z.string() }).parse((await shop('/v1/media', form)).body)
    const cover = { kind: 'coverBySnapshot', definition: 10, position: '50%' }
    const tasks = [cover, { ...cover, bucket: 'shots', fileName: 'cover.{format}' }]
    expect((await shop('/v1/runs', { mediaId, tasks })).status).toBe(202)
    const image = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#0a0' } })
      .png()
      .toBuffer()
    await shop('/v1/templates/watermark', { name: 'logo', image: image.toString('base64') })
    const { UploadPartUrl } = applied.parse(
      await product.vendor.ApplyUpload({ MediaType: 'mp4', SubAppId: 1_500_000_000 + subAppId }),
    )
    expect((await fetch(`${UploadPartUrl}1`, { method: 'PUT', body: 'a part' })).status).toBe(200)
    const news = () => server.keys.filter((key) => !before.includes(key))
    await waitFor('What the run makes', 60_000, async () => (news().length >= 5 ? true : undefined))
    const under = new Set(news().map((key) => key.split('/', 3).join('/')))
    const kinds = ['artifacts', 'buckets', 'sources', 'uploads', 'watermarks']
    expect([...under].sort()).toEqual(kinds.map((kind) => `product/${kind}/${subAppId}`))
    // The bucket of the main application that has it is another.
    const theirs = await shop('/v1/runs', { object: { bucket: 'films', name: 'in/clock.mp4' }, tasks: [cover] })
    const headers = { 'Stillflow-Sub-App': String(subAppId) }
    const [ended] = await waitFor('The end of the run', 60_000, async () => {
      const answer = await product.rest.call(`/v1/runs/${started.parse(theirs.body).runId}`, { headers })
      const { state, tasks: told } = faultsOf.parse(await answer.json())
      return state === 'finished' ? told : undefined
    })
    expect(ended).toMatchObject({ state: 'failed', fault: { code: 'media.notAccessible' } })
  })
})
