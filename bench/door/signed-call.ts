import { createHash, createHmac } from 'node:crypto'

export interface Credential {
  readonly secretId: string
  readonly secretKey: string
}

export interface Call {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** A call as the vendor's SDK signs it (Tencent Cloud, "Signature v3"). @param host with its port */
export function signedCall(
  host: string,
  { secretId, secretKey }: Credential,
  action: string,
  parameters: object,
): Call {
  const timestamp = Math.floor(Date.now() / 1000).toString()
  const date = new Date().toISOString().slice(0, 10)
  const scope = `${date}/vod/tc3_request`
  const body = JSON.stringify(parameters)
  const named = `content-type:application/json\nhost:${host}\n`
  const canonical = ['POST', '/', '', named, 'content-type;host', sha256(body)].join('\n')
  const key = [date, 'vod', 'tc3_request'].reduce<string | Buffer>(hmac, `TC3${secretKey}`)
  const signature = hmac(key, ['TC3-HMAC-SHA256', timestamp, scope, sha256(canonical)].join('\n')).toString('hex')
  return {
    headers: {
      'content-type': 'application/json',
      'x-tc-action': action,
      'x-tc-version': '2018-07-17',
      'x-tc-timestamp': timestamp,
      authorization: `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=content-type;host, Signature=${signature}`,
    },
    body,
  }
}
