import { AppError } from '@libs/kernel'
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Caller, Gate, RawRequest } from '../../dialect'
import { checkTimestamp, hostsOf } from './signing-time'

const algorithm = 'TC3-HMAC-SHA256'

/** The scope's service is whatever the client made of its endpoint, dots, colons and slashes included. */
const credential = /^([^/]+)\/(\d{4}-\d\d-\d\d)\/(.+)\/tc3_request$/

export interface Authorization {
  readonly secretId: string
  readonly date: string
  readonly service: string
  readonly signedHeaders: readonly string[]
  readonly signature: string
}

/** @throws AppError `auth.missing`, `auth.malformed` */
export function parseAuthorization(header: string | undefined): Authorization {
  const field = 'Authorization'
  if (header === undefined || header === '') {
    throw new AppError('auth.missing', 'The request is not signed; TC3-HMAC-SHA256 is expected.', { field })
  }
  const malformed = (what: string) => new AppError('auth.malformed', `The header ${what}.`, { field })
  const [, parts] = /^TC3-HMAC-SHA256\s+(.*)$/s.exec(header) ?? []
  if (parts === undefined) throw malformed(`does not begin with ${algorithm}`)
  const members = new Map(
    parts.split(',').map((part) => {
      const [key = '', ...value] = part.trim().split('=')
      return [key, value.join('=')]
    }),
  )
  const [, secretId, date, service] = credential.exec(members.get('Credential') ?? '') ?? []
  if (secretId === undefined || date === undefined || service === undefined) {
    throw malformed('has no Credential of the form <SecretId>/<date>/<service>/tc3_request')
  }
  const signedHeaders = (members.get('SignedHeaders') ?? '').split(';')
  if (!signedHeaders.includes('content-type') || !signedHeaders.includes('host')) {
    throw malformed('does not sign both content-type and host')
  }
  const signature = members.get('Signature') ?? ''
  if (!/^[0-9a-f]{64}$/.test(signature)) throw malformed('has no Signature of 64 hexadecimal digits')
  return { secretId, date, service, signedHeaders, signature }
}

/**
 * The signature that a request should carry (Tencent Cloud, "Signature v3").
 * @param host as the client is taken to have signed it: with or without its port
 */
export function signRequest(
  request: RawRequest,
  authorization: Omit<Authorization, 'secretId' | 'signature'>,
  secretKey: string,
  host: string,
): string {
  const { date, service, signedHeaders } = authorization
  const canonicalHeaders = signedHeaders.map((name) => {
    const value = name === 'host' ? host : headerOf(request, name)
    return `${name}:${value.trim().toLowerCase()}\n`
  })
  const payload = headerOf(request, 'x-tc-content-sha256') === 'UNSIGNED-PAYLOAD' ? 'UNSIGNED-PAYLOAD' : request.body
  const canonicalRequest = [
    request.method,
    request.path,
    request.query,
    canonicalHeaders.join(''),
    signedHeaders.join(';'),
    sha256(payload),
  ].join('\n')
  const scope = `${date}/${service}/tc3_request`
  const stringToSign = [algorithm, headerOf(request, 'x-tc-timestamp'), scope, sha256(canonicalRequest)].join('\n')
  const key = [date, service, 'tc3_request'].reduce<string | Buffer>(hmac, `TC3${secretKey}`)
  return hmac(key, stringToSign).toString('hex')
}

/**
 * Proves who signed a request.
 * @throws AppError `auth.missing`, `auth.malformed`, `auth.expired`, `auth.unknownKey`, `auth.badSignature`
 */
export async function verifySignature(request: RawRequest, gate: Gate): Promise<Caller> {
  const authorization = parseAuthorization(request.headers.authorization)
  checkTime(headerOf(request, 'x-tc-timestamp'), authorization.date, gate.nowMs)
  const key = await gate.findKey(authorization.secretId)
  // An unknown key costs as much time as a known one.
  const matches = hostsOf(request).filter((host) =>
    equal(signRequest(request, authorization, key?.secretKey ?? '', host), authorization.signature),
  )
  if (key === undefined) {
    throw new AppError('auth.unknownKey', `There is no access key "${authorization.secretId}".`, { field: 'SecretId' })
  }
  if (matches.length > 0) {
    return { subAppId: key.subAppId, secretId: key.secretId, repeatable: authorization.signature }
  }
  throw new AppError('auth.badSignature', 'The signature does not match the request.', { field: 'Signature' })
}

function checkTime(timestamp: string, date: string, nowMs: number): void {
  const field = 'X-TC-Timestamp'
  if (timestamp === '') throw new AppError('request.missingParameter', 'The header is required.', { field })
  const seconds = checkTimestamp(timestamp, field, nowMs)
  if (new Date(seconds * 1000).toISOString().startsWith(date)) return
  throw new AppError('auth.malformed', 'The date of Credential is not the UTC date of X-TC-Timestamp.', {
    field: 'Authorization',
  })
}

function headerOf({ headers }: RawRequest, name: string): string {
  const value = headers[name]
  return (Array.isArray(value) ? value.join(', ') : value) ?? ''
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest()
}

function equal(expected: string, given: string): boolean {
  return timingSafeEqual(Buffer.from(expected, 'hex'), Buffer.from(given, 'hex'))
}
