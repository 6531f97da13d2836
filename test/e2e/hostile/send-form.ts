import { createHmac } from 'node:crypto'
import type { Product } from '../../../apps/standalone/src/start-product'

/**
 * Parameters as the vendors' SDKs flatten them: `A.B.0.C`, with everything as text and nulls left out.
 * @param firstIndex what lists are counted from
 */
export function flatten(value: unknown, name = '', firstIndex = 0): readonly (readonly [string, string])[] {
  if (value === null || value === undefined) return []
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([key, inner]) => {
      const step = Array.isArray(value) ? String(Number(key) + firstIndex) : key
      return flatten(inner, name === '' ? step : `${name}.${step}`, firstIndex)
    })
  }
  return [[name, typeof value === 'string' ? value : JSON.stringify(value)]]
}

/** A form signed with HmacSHA256 (Tencent Cloud, "Signature v1"). @param nonce never the same for two forms alike */
export function sendForm(
  { url, accessKey }: Product,
  action: string,
  parameters: object,
  nonce: number,
): Promise<Response> {
  const common = {
    Action: action,
    Version: '2018-07-17',
    Timestamp: Math.floor(Date.now() / 1000),
    Nonce: nonce,
    SecretId: accessKey.secretId,
    SignatureMethod: 'HmacSHA256',
  }
  const pairs = [...flatten(parameters), ...flatten(common)]
  const sorted = pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key}=${value}`)
  const text = `POST${new URL(url).host}/?${sorted.join('&')}`
  const signature = createHmac('sha256', accessKey.secretKey).update(text).digest('base64')
  const body = new URLSearchParams([
    ...pairs.map(([key, value]): [string, string] => [key, value]),
    ['Signature', signature],
  ])
  return fetch(`${url}/`, { method: 'POST', body })
}
