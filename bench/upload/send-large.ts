import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Product } from '../../apps/standalone/src/start-product'

const piece = Buffer.alloc(256 * 1024)

/** As many bytes, none of them kept. */
function* bytes(sizeBytes: number): Iterable<Buffer> {
  for (let left = sizeBytes; left > 0; left -= piece.length) yield piece.subarray(0, Math.min(left, piece.length))
}

function* form(sizeBytes: number, boundary: string): Iterable<Buffer> {
  const disposition = 'Content-Disposition: form-data; name="file"; filename="large.mp4"'
  yield Buffer.from(`--${boundary}\r\n${disposition}\r\n\r\n`)
  yield* bytes(sizeBytes)
  yield Buffer.from(`\r\n--${boundary}--\r\n`)
}

interface Call {
  readonly method: string
  readonly headers: Readonly<Record<string, string | number>>
}

const tus = { 'Tus-Resumable': '1.0.0' }

async function send({ url, accessKey }: Product, path: string, call: Call, body: Iterable<Buffer>) {
  const auth = `${accessKey.secretId}:${accessKey.secretKey}`
  const sent = request(new URL(path, url), { auth, ...call })
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>
  await pipeline(Readable.from(body), sent)
  const [answer] = await answered
  answer.resume()
  if ((answer.statusCode ?? 0) >= 300) throw new Error(`${path} was answered ${answer.statusCode}.`)
  return answer.headers
}

/** Uploads that many bytes by tus, in one request. */
export async function sendByTus(product: Product, sizeBytes: number): Promise<void> {
  const begun = await send(
    product,
    '/v1/uploads',
    { method: 'POST', headers: { ...tus, 'Upload-Length': sizeBytes } },
    [],
  )
  const headers = {
    ...tus,
    'Upload-Offset': 0,
    'Content-Type': 'application/offset+octet-stream',
    'Content-Length': sizeBytes,
  }
  const ended = await send(product, begun.location ?? '', { method: 'PATCH', headers }, bytes(sizeBytes))
  if (ended['upload-offset'] !== String(sizeBytes)) throw new Error('Not all bytes have come.')
}

/** Uploads that many bytes as a form. */
export async function sendByForm(product: Product, sizeBytes: number): Promise<void> {
  const boundary = 'bench'
  const headers = { 'Content-Type': `multipart/form-data; boundary=${boundary}` }
  await send(product, '/v1/media', { method: 'POST', headers }, form(sizeBytes, boundary))
}
