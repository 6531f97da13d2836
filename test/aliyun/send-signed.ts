import { createHmac, randomUUID } from 'node:crypto'
import { flatten } from '../e2e/hostile/send-form'
import type { AliyunDoor } from './callers'

/** How a parameter that is more than a text is written. */
export type Encoding = 'json' | 'dotted'

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

function pairsOf(parameters: object, encoding: Encoding): readonly (readonly [string, string])[] {
  if (encoding === 'dotted') return flatten(parameters)
  const given = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined)
  return given.map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
}

/** A form signed HMAC-SHA1, whatever is in it. @param common Action, Version and Format */
export function sendSigned(
  { url, accessKey }: AliyunDoor,
  common: Readonly<Record<'Action' | 'Version' | 'Format', string>>,
  parameters: object,
  encoding: Encoding,
): Promise<Response> {
  const signing = {
    AccessKeyId: accessKey.secretId,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: randomUUID(),
    Timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
  }
  // A form cannot hold half a character: what is signed is what arrives.
  const whole = (text: string) => text.replace(/\p{Surrogate}/gu, '\ufffd')
  const pairs = [...pairsOf(parameters, encoding), ...Object.entries({ ...common, ...signing })].map(
    ([name, value]): [string, string] => [whole(name), whole(value)],
  )
  const sorted = pairs
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
  const text = `POST&%2F&${encode(sorted.join('&'))}`
  const signature = createHmac('sha1', `${accessKey.secretKey}&`).update(text).digest('base64')
  const body = new URLSearchParams([...pairs, ['Signature', signature]])
  return fetch(`${url}/`, { method: 'POST', body })
}
