import { createHash, createHmac, randomUUID } from 'node:crypto'
import { flatten } from '../e2e/hostile/send-form'
import type { AliyunDoor } from './callers'

/** How a call is written and signed: the older signature in a form or the query, the newer one in headers. */
export interface Way {
  readonly method: 'GET' | 'POST'
  readonly signature: 'V1' | 'V3'
  /** How a parameter that is more than a text is written: `dotted` counts lists from 1. */
  readonly encoding: 'json' | 'dotted'
}

export const asForm: Way = { method: 'POST', signature: 'V1', encoding: 'json' }

type Common = Readonly<Record<'Action' | 'Version' | 'Format', string>>
type Pairs = readonly (readonly [name: string, value: string])[]

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

function canonical(pairs: Pairs): string {
  const sorted = pairs.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))
  return sorted.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
}

function pairsOf(parameters: object, encoding: Way['encoding']): Pairs {
  const given = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined)
  const pairs = given.map(([name, value]: [string, unknown]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
  // A form cannot hold half a character: what is signed is what arrives.
  const whole = (text: string) => text.replace(/\p{Surrogate}/gu, '\ufffd')
  const written = encoding === 'dotted' ? flatten(parameters, '', 1) : pairs
  return written.map(([name, value]) => [whole(name), whole(value)])
}

const now = () => `${new Date().toISOString().slice(0, 19)}Z`

/** A call that is signed well, whatever is in it. */
export function sendSigned(door: AliyunDoor, common: Common, parameters: object, way = asForm): Promise<Response> {
  const pairs = pairsOf(parameters, way.encoding)
  return way.signature === 'V1' ? sendV1(door, common, pairs, way) : sendV3(door, common, pairs, way)
}

function sendV1({ url, accessKey }: AliyunDoor, common: Common, pairs: Pairs, { method }: Way): Promise<Response> {
  const signing = {
    AccessKeyId: accessKey.secretId,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: randomUUID(),
    Timestamp: now(),
  }
  const signed: Pairs = [...pairs, ...Object.entries({ ...common, ...signing })]
  const text = `${method}&%2F&${encode(canonical(signed))}`
  const signature = createHmac('sha1', `${accessKey.secretKey}&`).update(text).digest('base64')
  const all: Pairs = [...signed, ['Signature', signature]]
  if (method === 'GET') return fetch(`${url}/?${canonical(all)}`)
  return fetch(`${url}/`, {
    method,
    body: new URLSearchParams(all.map(([name, value]): [string, string] => [name, value])),
  })
}

function sendV3({ url, accessKey }: AliyunDoor, common: Common, pairs: Pairs, { method }: Way): Promise<Response> {
  const query = canonical([...pairs, ['Format', common.Format]])
  const nothing = createHash('sha256').digest('hex')
  const headers: Readonly<Record<string, string>> = {
    host: new URL(url).host,
    'x-acs-action': common.Action,
    'x-acs-content-sha256': nothing,
    'x-acs-date': now(),
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-version': common.Version,
  }
  const names = Object.keys(headers)
  const head = names.map((name) => `${name}:${headers[name] ?? ''}\n`).join('')
  const request = [method, '/', query, head, names.join(';'), nothing].join('\n')
  const text = `ACS3-HMAC-SHA256\n${createHash('sha256').update(request).digest('hex')}`
  const signature = createHmac('sha256', accessKey.secretKey).update(text).digest('hex')
  const signed = `Credential=${accessKey.secretId},SignedHeaders=${names.join(';')},Signature=${signature}`
  return fetch(`${url}/?${query}`, { method, headers: { ...headers, authorization: `ACS3-HMAC-SHA256 ${signed}` } })
}
