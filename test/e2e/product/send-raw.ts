import { createHash, createHmac } from 'node:crypto'
import type { Product } from '../../../apps/standalone/src/start-product'

export interface RawRequest {
  readonly action: string
  readonly body: string | Uint8Array<ArrayBuffer>
  readonly atMs?: number
  /** Instead of the right one. */
  readonly authorization?: string
  /** Beside the signed ones. */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * A request to the vendors' door with headers of the test's choosing, which no SDK would send. Signed with
 * TC3-HMAC-SHA256 (Tencent Cloud, "Signature v3").
 */
export function sendRaw(
  { url, accessKey }: Pick<Product, 'url' | 'accessKey'>,
  request: RawRequest,
): Promise<Response> {
  const { action, body, atMs = Date.now(), authorization, headers: others } = request
  const timestamp = Math.floor(atMs / 1000).toString()
  const date = new Date(atMs).toISOString().slice(0, 10)
  const scope = `${date}/vod/tc3_request`
  const signedHeaders = 'content-type;host'
  const headers = `content-type:application/json\nhost:${new URL(url).host}\n`
  const canonical = ['POST', '/', '', headers, signedHeaders, sha256(body)].join('\n')
  const toSign = ['TC3-HMAC-SHA256', timestamp, scope, sha256(canonical)].join('\n')
  const key = [date, 'vod', 'tc3_request'].reduce<string | Buffer>(hmac, `TC3${accessKey.secretKey}`)
  const credential = `Credential=${accessKey.secretId}/${scope}`
  const signature = hmac(key, toSign).toString('hex')
  const signed = `TC3-HMAC-SHA256 ${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`
  return fetch(`${url}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-tc-action': action,
      'x-tc-version': '2018-07-17',
      'x-tc-timestamp': timestamp,
      authorization: authorization ?? signed,
      ...others,
    },
    body,
  })
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
