import { AppError } from '@libs/kernel'
import { createHash, createHmac } from 'node:crypto'
import type { HeardRequest, RawRequest } from '../../dialect'
import { VendorRefusal } from '../../parameters/vendor-refusal'
import { canonicalQuery } from './percent-encode'
import type { Signing } from './signing'

const algorithm = 'ACS3-HMAC-SHA256'

/** What the signature has to cover, because what is done depends on it. */
const signedAlways = ['host', 'x-acs-action', 'x-acs-version', 'x-acs-date', 'x-acs-signature-nonce'] as const

/** Whether a request carries a signature of the third version, be it a good one or not. */
export function isSignedV3({ headers }: HeardRequest): boolean {
  return headers.authorization?.startsWith('ACS3-') === true
}

/**
 * Reads the `Authorization` header and what goes with it.
 * @throws AppError `auth.malformed`, `auth.badSignature` where the body is not the one that was hashed
 */
export function signingV3(request: RawRequest): Signing {
  const [given = '', members = ''] = (request.headers.authorization ?? '').split(/ (.*)/s)
  if (given !== algorithm) {
    throw new VendorRefusal('auth.malformed', `Only ${algorithm} is known.`, {}, 'InvalidSignatureMethod')
  }
  const named = new Map(members.split(',').map((member) => splitOnce(member.trim())))
  const signedHeaders = (named.get('SignedHeaders') ?? '').toLowerCase().split(';')
  const missing = signedAlways.find((name) => !signedHeaders.includes(name))
  if (missing !== undefined) throw malformed(`does not sign ${missing}`)
  const payloadHash = sha256(request.body)
  const announced = headerOf(request, 'x-acs-content-sha256')
  if (announced !== '' && announced.toLowerCase() !== payloadHash) {
    throw new AppError('auth.badSignature', 'x-acs-content-sha256 is not the hash of the body.')
  }
  return {
    accessKeyId: named.get('Credential') ?? '',
    signature: named.get('Signature') ?? '',
    nonce: { value: headerOf(request, 'x-acs-signature-nonce'), field: 'x-acs-signature-nonce' },
    time: { value: headerOf(request, 'x-acs-date'), field: 'x-acs-date' },
    sign: (secretKey) => signV3(request, signedHeaders, secretKey),
  }
}

/** The signature that a request should carry (Alibaba Cloud, "V3 request body & signature mechanism"), in hexadecimal. */
export function signV3(request: RawRequest, signedHeaders: readonly string[], secretKey: string): string {
  const names = signedHeaders.toSorted()
  const canonicalRequest = [
    request.method,
    request.path,
    canonicalQuery([...new URLSearchParams(request.query)]),
    names.map((name) => `${name}:${headerOf(request, name)}\n`).join(''),
    names.join(';'),
    sha256(request.body),
  ].join('\n')
  const stringToSign = `${algorithm}\n${sha256(canonicalRequest)}`
  return createHmac('sha256', secretKey).update(stringToSign).digest('hex')
}

function splitOnce(member: string): [name: string, value: string] {
  const at = member.indexOf('=')
  return at === -1 ? [member, ''] : [member.slice(0, at), member.slice(at + 1)]
}

function malformed(what: string): AppError {
  return new AppError('auth.malformed', `The Authorization header ${what}.`, { field: 'Authorization' })
}

function headerOf({ headers }: RawRequest, name: string): string {
  const value = headers[name]
  const values = (Array.isArray(value) ? value : [value ?? '']).map((one) => one.trim())
  return values.toSorted().join(',')
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}
