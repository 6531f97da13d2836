import { makeLumaClock, queueBackends, S3Server, storageAt } from '@libs/testing'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { CallbackReceiver } from './neighbours/callback-receiver'
import { FileServer } from './neighbours/file-server'
import { ClockPictures } from './pictures/clock-pictures'
import { parseTaskEvent } from './pictures/task-event'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

const taken = z.object({ mediaId: z.string() })
const followed = z.object({ created: z.array(taken), removed: z.array(taken) })
const bucket = 'pictures'

describe.each(queueBackends())('hooks, on %s', (backend) => {
  let product: TestProduct
  let server: S3Server
  let files: FileServer
  let receiver: CallbackReceiver
  let bytes: Uint8Array<ArrayBuffer>

  beforeAll(async () => {
    server = await S3Server.start()
    // Its own files are in a folder all the same.
    const settings = { ...server.settings(), STORAGE_URL: undefined, HOOK_BUCKETS: bucket }
    product = await startTestProduct({ backend, egressAllow: '127.0.0.0/8', settings })
    receiver = new CallbackReceiver()
    files = new FileServer(product.folder)
    await Promise.all([receiver.open(), files.open()])
    await product.vendor.ModifyEventConfig({ Mode: 'PUSH', NotificationUrl: receiver.url })
    await product.vendor.CreateProcedureTemplate({
      Name: 'previews',
      MediaProcessTask: { CoverBySnapshotTaskSet: [{ Definition: 10, PositionType: 'Time', PositionValue: 2 }] },
    })
    await makeLumaClock({ path: join(product.folder, 'clock.mp4'), seconds: 4 })
    bytes = new Uint8Array(await readFile(join(product.folder, 'clock.mp4')))
  })

  afterAll(async () => {
    await stopTestProducts()
    await Promise.all([receiver.close(), files.close(), server.stop()])
  })

  const put = async (key: string) => {
    const { uploads } = storageAt({ ...server.settings(), STORAGE_URL: `s3://${bucket}` })
    const url = (await uploads.putUrlOf(key, new Date(Date.now() + 60_000))) ?? ''
    expect((await fetch(url, { method: 'PUT', body: bytes })).status).toBe(200)
  }
  const hear = async (path: string, message: object) => {
    const answer = await product.rest.call(path, { method: 'POST', body: JSON.stringify(message) })
    expect(answer.status).toBe(200)
    return answer.json()
  }
  const tell = async (eventName: string, key: string, sequencer: string) => {
    const s3 = { bucket: { name: bucket }, object: { key: encodeURIComponent(key), sequencer } }
    return followed.parse(await hear('/v1/hooks/s3?rule=previews:films/*.mp4', { Records: [{ eventName, s3 }] }))
  }
  const secondOfCover = async (mediaId: string) => {
    const told = await waitFor('The event', 60_000, () =>
      receiver.about(mediaId).find(({ body }) => body.includes('ProcedureStateChanged')),
    )
    const [result] = parseTaskEvent(told.body).MediaProcessResultSet
    if (result?.Type !== 'CoverBySnapshot') throw new Error('There is no cover.')
    return new ClockPictures(product.folder).secondsOf([result.CoverBySnapshotTask.Output?.CoverUrl ?? ''])
  }
  const faultOf = (mediaId: string) =>
    waitFor('The fault', 30_000, async () => (await product.rest.media(mediaId)).fault?.code)

  it('make pictures of an object that came, and forget it with the object', async () => {
    await put('films/clock.mp4')
    const { created } = await tell('s3:ObjectCreated:Put', 'films/clock.mp4', '01')
    const mediaId = created[0]?.mediaId ?? ''
    expect(await secondOfCover(mediaId)).toEqual([2])
    expect(await tell('s3:ObjectCreated:Put', 'films/clock.mp4', '01')).toEqual({ created: [], removed: [] })
    expect((await tell('s3:ObjectRemoved:Delete', 'films/clock.mp4', '02')).removed).toEqual([{ mediaId }])
    expect((await product.rest.call(`/v1/media/${mediaId}`)).status).toBe(404)
  })

  it('say what is wrong with an object that cannot be had', async () => {
    const [missing] = (await tell('s3:ObjectCreated:Put', 'films/missing.mp4', '01')).created
    expect(await faultOf(missing?.mediaId ?? '')).toBe('media.notAccessible')
    await put('films/refused.mp4')
    server.failures.push(403)
    const [refused] = (await tell('s3:ObjectCreated:Put', 'films/refused.mp4', '01')).created
    expect(await faultOf(refused?.mediaId ?? '')).toBe('media.notAccessible')
    server.failures.push(500)
    const [late] = (await tell('s3:ObjectCreated:Put', 'films/refused.mp4', '02')).created
    expect(await secondOfCover(late?.mediaId ?? '')).toEqual([2])
  })

  it('make pictures of what tusd has received', async () => {
    const from = encodeURIComponent(files.urlOf(''))
    const Upload = { ID: 'clock.mp4', MetaData: { filename: 'holiday.mp4', procedure: 'previews' } }
    const hook = { Type: 'post-finish', Event: { Upload } }
    const { mediaId } = taken.parse(await hear(`/v1/hooks/tusd?from=${from}`, hook))
    expect(await secondOfCover(mediaId)).toEqual([2])
    expect(await hear(`/v1/hooks/tusd?from=${from}`, hook)).toEqual({})
  })
})
