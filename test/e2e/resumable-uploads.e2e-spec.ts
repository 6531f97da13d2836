import { makeLumaClock, queueBackends } from '@libs/testing'
import { readdirSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { Upload } from 'tus-js-client'
import { CallbackReceiver } from './neighbours/callback-receiver'
import { ClockPictures } from './pictures/clock-pictures'
import { parseTaskEvent } from './pictures/task-event'
import { processesOf } from './product/processes'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

describe.each(queueBackends())('a resumable upload, on %s', (backend) => {
  let product: TestProduct
  let receiver: CallbackReceiver
  let bytes: Buffer

  beforeAll(async () => {
    product = await startTestProduct({ backend, egressAllow: '127.0.0.0/8' })
    receiver = new CallbackReceiver()
    await receiver.open()
    await product.vendor.ModifyEventConfig({ Mode: 'PUSH', NotificationUrl: receiver.url })
    await product.vendor.CreateProcedureTemplate({
      Name: 'previews',
      MediaProcessTask: {
        CoverBySnapshotTaskSet: [{ Definition: 10, PositionType: 'Time', PositionValue: 2 }],
        SampleSnapshotTaskSet: [{ Definition: 10 }],
      },
    })
    const clip = join(product.folder, 'clock.mp4')
    await makeLumaClock({ path: clip, seconds: 10 })
    bytes = await readFile(clip)
  })

  afterAll(async () => {
    await stopTestProducts()
    await receiver.close()
  })

  it('goes on after the API was killed half way, and ends in the event of its procedure', async () => {
    const endpoint = `${product.url}/v1/uploads`
    const { secretId, secretKey } = product.accessKey
    const authorization = `Basic ${Buffer.from(`${secretId}:${secretKey}`).toString('base64')}`
    const name = Buffer.from('clock.mp4').toString('base64')
    const begun = await product.rest.call('/v1/uploads', {
      method: 'POST',
      headers: {
        'tus-resumable': '1.0.0',
        'upload-length': String(bytes.length),
        'upload-metadata': `filename ${name},procedure ${Buffer.from('previews').toString('base64')}`,
      },
    })
    expect(begun.status).toBe(201)
    const uploadUrl = new URL(begun.headers.get('location') ?? '', endpoint).href
    const half = bytes.subarray(0, bytes.length / 2)
    const socket = connect(Number(new URL(product.url).port), new URL(product.url).hostname)
    socket.on('error', () => undefined)
    socket.write(headOf(new URL(uploadUrl).pathname, authorization, bytes.length))
    socket.write(half)
    const growing = join(product.dataDir, 'media', '.growing')
    await waitFor('The first half', 10_000, () =>
      readdirSync(growing).some((file) => statSync(join(growing, file)).size === half.length) ? true : undefined,
    )
    const api = processesOf(product).find(({ command }) => command.includes('/api/'))
    if (api === undefined) throw new Error('There is no API.')
    process.kill(api.pid, 'SIGKILL')

    const sent: number[] = []
    const mediaId = await new Promise<string | undefined>((resolve, reject) => {
      new Upload(bytes, {
        endpoint,
        uploadUrl,
        headers: { authorization },
        retryDelays: Array.from({ length: 20 }, () => 1_000),
        onProgress: (sentBytes) => sent.push(sentBytes),
        onError: reject,
        onSuccess: ({ lastResponse }) => resolve(lastResponse.getHeader('Stillflow-Media-Id')),
      }).start()
    })
    expect(sent[0]).toBeGreaterThanOrEqual(half.length)
    const told = await waitFor('The event', 60_000, () =>
      receiver.about(mediaId ?? '').find(({ body }) => body.includes('"Status":"FINISH"')),
    )
    const event = parseTaskEvent(told.body)
    const pictures = new ClockPictures(product.folder)
    for (const result of event.MediaProcessResultSet) {
      if (result.Type === 'CoverBySnapshot') {
        expect(await pictures.secondsOf([result.CoverBySnapshotTask.Output?.CoverUrl ?? ''])).toEqual([2])
      } else if (result.Type === 'SampleSnapshot') {
        const { ImageUrlSet = [] } = result.SampleSnapshotTask.Output ?? {}
        expect(await pictures.secondsOf(ImageUrlSet)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
      }
    }
    expect(event.MediaProcessResultSet).toHaveLength(2)
    expect(readdirSync(growing)).toEqual([])
  })
})

function headOf(path: string, authorization: string, length: number): string {
  return [
    `PATCH ${path} HTTP/1.1`,
    'Host: localhost',
    `Authorization: ${authorization}`,
    'Tus-Resumable: 1.0.0',
    'Upload-Offset: 0',
    'Content-Type: application/offset+octet-stream',
    `Content-Length: ${length}\r\n\r\n`,
  ].join('\r\n')
}
