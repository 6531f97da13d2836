import { AppError } from '@libs/kernel'
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Caller, Gate, RawRequest } from '../../dialect'
import { checkTimestamp, hostsOf, maxSkewSeconds } from './signing-time'

/** Tencent Cloud "Signature v1": a signed form has at most 1 MB. */
const maxFormBytes = 1024 * 1024

/** Parameters of the protocol, not of the action. */
const commonParameters = [
  ...['Action', 'Version', 'Region', 'Timestamp', 'Nonce', 'SecretId', 'Signature', 'SignatureMethod'],
  ...['Token', 'Language', 'RequestClient'],
]

/**
 * The parameters of a request that is signed as a form or a query rather than by a header.
 * @returns undefined for a request of the other kind
 * @throws AppError `request.tooLarge`
 */
export function signedFormOf({ method, query, headers, body }: RawRequest): URLSearchParams | undefined {
  if (headers['x-tc-action'] !== undefined || headers.authorization !== undefined) return undefined
  if (method === 'GET') return new URLSearchParams(query)
  const mediaType = headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (mediaType !== 'application/x-www-form-urlencoded') return undefined
  if (body.length > maxFormBytes) {
    throw new AppError('request.tooLarge', `A signed form has at most ${maxFormBytes} bytes.`)
  }
  return new URLSearchParams(body.toString())
}

/** The parameters of the action: those of the protocol are left out. */
export function withoutCommonParameters(form: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...form].filter(([name]) => !commonParameters.includes(name)))
}

/**
 * The signature that a form should carry (Tencent Cloud, "Signature v1"), in base64.
 * @param host as the client was told it, with its port
 */
export function signForm(
  { method, path }: Pick<RawRequest, 'method' | 'path'>,
  form: URLSearchParams,
  secretKey: string,
  host: string,
): string {
  const signed = [...form].filter(([name]) => name !== 'Signature')
  const sorted = signed.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))
  const text = `${method}${host}${path}?${sorted.map(([name, value]) => `${name}=${value}`).join('&')}`
  const hash = form.get('SignatureMethod') === 'HmacSHA256' ? 'sha256' : 'sha1'
  return createHmac(hash, secretKey).update(text).digest('base64')
}

/**
 * Proves who signed a form, and that it was not sent before.
 * @throws AppError `request.missingParameter`, `request.invalidParameter`, `auth.expired`, `auth.unknownKey`,
 *   `auth.badSignature`, `auth.replayed`
 */
export async function verifyForm(request: RawRequest, form: URLSearchParams, gate: Gate): Promise<Caller> {
  const secretId = required(form, 'SecretId')
  const seconds = checkTimestamp(required(form, 'Timestamp'), 'Timestamp', gate.nowMs)
  const nonce = required(form, 'Nonce')
  if (!/^\d{1,20}$/.test(nonce)) {
    throw new AppError('request.invalidParameter', 'A whole number is expected.', { field: 'Nonce' })
  }
  const given = required(form, 'Signature')
  const key = await gate.findKey(secretId)
  // An unknown key costs as much time as a known one.
  const matches = hostsOf(request).filter((host) => equal(signForm(request, form, key?.secretKey ?? '', host), given))
  if (key === undefined) {
    throw new AppError('auth.unknownKey', `There is no access key "${secretId}".`, { field: 'SecretId' })
  }
  if (matches.length === 0) {
    throw new AppError('auth.badSignature', 'The signature does not match the request.', { field: 'Signature' })
  }
  const isNew = await gate.admitOnce(`${secretId} ${nonce} ${given}`, (seconds + maxSkewSeconds) * 1000)
  if (!isNew) throw new AppError('auth.replayed', 'This very request was sent before.', { field: 'Nonce' })
  return { subAppId: key.subAppId, secretId }
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name)
  if (value !== null && value !== '') return value
  throw new AppError('request.missingParameter', 'The parameter is required.', { field: name })
}

function equal(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected, 'base64'), Buffer.from(given, 'base64')]
  return a.length === b.length && timingSafeEqual(a, b)
}
