import { makeLumaClock } from '@libs/testing'
import { execFile } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { z } from 'zod'
import { CallbackReceiver } from './neighbours/callback-receiver'
import { FileServer } from './neighbours/file-server'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

const applied = z.object({ VodSessionKey: z.string(), UploadUrl: z.url(), UploadPartUrl: z.string() })
const pullComplete = z.object({
  PullCompleteEvent: z.object({ ErrCode: z.literal(0), MediaBasicInfo: z.object({ CoverUrl: z.string() }) }),
})
const parts = z.object({ parts: z.array(z.object({ part: z.int(), sizeBytes: z.int() })) })
const ugc = z.object({ code: z.int(), data: z.unknown().optional() })
const ugcApplied = z.object({ vodSessionKey: z.string(), video: z.object({ uploadUrl: z.url() }) })

describe('uploads', () => {
  let product: TestProduct
  let receiver: CallbackReceiver
  let clip: string
  let bytes: Buffer

  beforeAll(async () => {
    product = await startTestProduct({ backend: 'postgres', egressAllow: '127.0.0.0/8' })
    receiver = new CallbackReceiver()
    await receiver.open()
    await product.vendor.ModifyEventConfig({
      Mode: 'PUSH',
      NotificationUrl: receiver.url,
      UploadMediaCompleteEventSwitch: 'ON',
    })
    clip = join(product.folder, 'clock.mp4')
    await makeLumaClock({ path: clip, seconds: 3 })
    bytes = await readFile(clip)
  })

  afterAll(async () => {
    await stopTestProducts()
    await receiver.close()
  })

  const apply = async (more: object = {}) =>
    applied.parse(await product.vendor.ApplyUpload({ MediaType: 'mp4', MediaName: 'clip', ...more }))
  const commit = (VodSessionKey: string) => product.vendor.CommitUpload({ VodSessionKey })
  const put = (url: string, body: Uint8Array<ArrayBuffer>) => fetch(url, { method: 'PUT', body })
  const piece = (from: number, to?: number) => new Uint8Array(bytes.subarray(from, to))

  const duration = async (FileId: string) => {
    const told = await waitFor(`The upload of ${FileId}`, 20_000, () =>
      receiver.about(FileId).find(({ body }) => body.includes('NewFileUpload')),
    )
    const event = z.object({ FileUploadEvent: z.object({ MetaData: z.object({ Duration: z.number() }) }) })
    return event.parse(JSON.parse(told.body)).FileUploadEvent.MetaData.Duration
  }

  it('are brought by curl, committed once, and start their procedure', async () => {
    const { VodSessionKey, UploadUrl } = await apply({ Procedure: 'LongVideoPreset' })
    await promisify(execFile)('curl', ['-sSf', '-T', clip, UploadUrl])
    const [first, again] = await Promise.all([commit(VodSessionKey), commit(VodSessionKey)])
    expect(again).toMatchObject({ FileId: first.FileId, MediaUrl: first.MediaUrl })
    const FileId = first.FileId ?? ''
    expect(await duration(FileId)).toBe(3)
    const run = await waitFor('The procedure', 30_000, () =>
      receiver.about(FileId).find(({ body }) => body.includes('"Status":"FINISH"')),
    )
    expect(run.body).toContain('adaptive streaming 10 is left out')
    expect(Buffer.from(await (await fetch(first.MediaUrl ?? '')).arrayBuffer()).equals(bytes)).toBe(true)
  })

  it('may come in parts in any order, and go on after a line broke', async () => {
    const { VodSessionKey, UploadUrl, UploadPartUrl } = await apply()
    const third = Math.ceil(bytes.length / 3)
    await put(`${UploadPartUrl}3`, piece(2 * third))
    await put(`${UploadPartUrl}1`, piece(0, third))
    await breakOff(`${UploadPartUrl}2`, piece(third, 2 * third))
    const there = parts.parse(await (await fetch(UploadUrl)).json()).parts
    expect(there).toEqual([
      { part: 1, sizeBytes: third },
      { part: 3, sizeBytes: bytes.length - 2 * third },
    ])
    expect((await put(`${UploadPartUrl}2`, piece(third, 2 * third))).status).toBe(200)
    const { FileId = '' } = await commit(VodSessionKey)
    expect(await duration(FileId)).toBe(3)
    const left = join(product.dataDir, 'media', 'uploads', '0')
    expect(existsSync(left) ? readdirSync(left) : []).toEqual([])
  })

  it('may be pulled with a cover, and without it where it cannot be had', async () => {
    const files = new FileServer(product.folder)
    await files.open()
    const picture = await sharp({ create: { width: 64, height: 36, channels: 3, background: '#0a0' } })
      .png()
      .toBuffer()
    await writeFile(join(product.folder, 'cover.png'), picture)
    const pull = async (cover: string) => {
      const { TaskId = '' } = await product.vendor.PullUpload({
        MediaUrl: files.urlOf('clock.mp4'),
        CoverUrl: files.urlOf(cover),
      })
      const told = await waitFor('The pull', 20_000, () =>
        receiver.about(TaskId).find(({ body }) => body.includes('PullComplete')),
      )
      return pullComplete.parse(JSON.parse(told.body)).PullCompleteEvent.MediaBasicInfo.CoverUrl
    }
    const url = await pull('cover.png')
    expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(picture)).toBe(true)
    expect(await pull('missing.jpg')).toBe('')
    const page = product.vendor.PullUpload({ MediaUrl: files.urlOf('clock.mp4'), CoverUrl: files.urlOf('page.html') })
    await expect(page).rejects.toMatchObject({ code: 'InvalidParameterValue.CoverUrl' })
    await files.close()
  })

  it('of which nothing came, or that nobody announced, are refused', async () => {
    const { VodSessionKey, UploadUrl, UploadPartUrl } = await apply()
    await expect(commit(VodSessionKey)).rejects.toMatchObject({ code: 'ResourceNotFound' })
    await expect(commit('nobody')).rejects.toMatchObject({ code: 'InvalidParameterValue.VodSessionKey' })
    expect((await put(`${UploadUrl}0`, piece(0, 1))).status).toBe(404)
    expect((await put(`${UploadUrl}/cover`, piece(0, 1))).status).toBe(404)
    for (const part of ['0', '10001', 'x']) expect((await put(`${UploadPartUrl}${part}`, piece(0, 1))).status).toBe(422)
    const unknown = product.vendor.ApplyUpload({ MediaType: 'exe' })
    await expect(unknown).rejects.toMatchObject({ code: 'InvalidParameterValue.MediaType' })
    const procedure = product.vendor.ApplyUpload({ MediaType: 'mp4', Procedure: 'nobody' })
    await expect(procedure).rejects.toMatchObject({ code: 'InvalidParameterValue.ProcedureName' })
    await put(UploadUrl, piece(0))
    await commit(VodSessionKey)
    expect((await put(UploadUrl, piece(0))).status).toBe(404)
  })

  it('are let in from any page', async () => {
    const { UploadUrl } = await apply()
    const preflight = await fetch(UploadUrl, { method: 'OPTIONS' })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT')
  })

  describe('by clients that a backend has signed for', () => {
    function sign(fields: Record<string, string | number>): string {
      const { secretId, secretKey } = product.accessKey
      const nowS = Math.floor(Date.now() / 1_000)
      const all = { secretId, currentTimeStamp: nowS, expireTime: nowS + 600, random: 1, ...fields }
      const plain = new URLSearchParams(
        Object.entries(all).map(([name, value]): [string, string] => [name, String(value)]),
      )
      const digest = createHmac('sha1', secretKey).update(plain.toString()).digest()
      return Buffer.concat([digest, Buffer.from(plain.toString())]).toString('base64')
    }

    async function call(Action: string, body: object) {
      const response = await fetch(`${product.url}/v3/index.php?Action=${Action}`, {
        method: 'POST',
        body: JSON.stringify(body),
      })
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      return ugc.parse(await response.json())
    }

    it('run the procedure that was signed, and tell its contexts', async () => {
      const contexts = { sourceContext: 'a source', sessionContext: 'a session' }
      const signature = sign({ procedure: 'LongVideoPreset', taskPriority: 5, oneTimeValid: 1, ...contexts })
      const video = { videoName: 'holiday.mp4', videoType: 'mp4', videoSize: bytes.length }
      const { vodSessionKey, video: at } = ugcApplied.parse(
        (await call('ApplyUploadUGC', { signature, ...video })).data,
      )
      await put(at.uploadUrl, piece(0))
      const committed = await call('CommitUploadUGC', { signature, vodSessionKey })
      const { fileId } = z.object({ fileId: z.string() }).parse(committed.data)
      expect(await duration(fileId)).toBe(3)
      const told = await waitFor('The procedure', 30_000, () =>
        receiver.about(fileId).find(({ body }) => body.includes('"Status":"FINISH"')),
      )
      expect(told.body).toContain('"SessionContext":"a session"')
      expect(receiver.about(fileId).some(({ body }) => body.includes('"SourceContext":"a source"'))).toBe(true)
      expect(await call('ApplyUploadUGC', { signature, ...video })).toMatchObject({ code: 1_001 })
    })

    it.each([
      ['ApplyUploadUGC', { signature: 'AAAA', videoType: 'mp4' }],
      ['ApplyUploadUGC', { videoType: 'mp4' }],
      ['DropUploadUGC', { signature: 'AAAA' }],
    ])('are refused with a number: %s of %j', async (action, body) => {
      expect((await call(action, body)).code).toBe(10_000)
    })
  })
})

/** Sends half of a body whose whole length was announced, and hangs up. */
async function breakOff(url: string, body: Uint8Array): Promise<void> {
  const { hostname, port, pathname, search } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(`PUT ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: ${body.length}\r\n\r\n`)
  await new Promise<void>((resolve) => socket.write(body.subarray(0, body.length / 2), () => resolve()))
  await new Promise<void>((resolve) => socket.once('close', () => resolve()).destroy())
}
