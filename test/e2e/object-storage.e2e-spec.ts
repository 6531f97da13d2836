import { makeLumaClock, queueBackends, S3Server } from '@libs/testing'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CallbackReceiver } from './neighbours/callback-receiver'
import { FileServer } from './neighbours/file-server'
import { ClockPictures } from './pictures/clock-pictures'
import { parseTaskEvent } from './pictures/task-event'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'

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
})
