import { AppError } from '@libs/kernel'
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Caller, Gate, RawRequest } from '../../dialect'
import { commonParameter } from './rpc-parameters'
import { isSignedV3, signingV3 } from './signature-v3'
import { signingV1 } from './signature-v1'
import type { Named, Signing } from './signing'
import { checkSigningTime, maxSkewMs } from './signing-time'

/** The vendor's SDKs draw nonces of 32 or 64 hexadecimal digits. */
const longestNonce = 128

/**
 * Proves who signed a request, and that it was not sent before.
 * @throws AppError `auth.*`, `request.missingParameter`, `request.invalidValue`, `request.malformed`
 */
export async function authenticate(request: RawRequest, gate: Gate): Promise<Caller> {
  const signing = signingOf(request)
  const { accessKeyId, signature, nonce, time } = signing
  required({ value: accessKeyId, field: 'AccessKeyId' })
  required({ value: signature, field: 'Signature' })
  required(nonce)
  const atMs = checkSigningTime(required(time), time.field, gate.nowMs)
  if (nonce.value.length > longestNonce) {
    throw new AppError('request.invalidValue', `At most ${longestNonce} characters are expected.`, {
      field: nonce.field,
    })
  }
  const key = await gate.findKey(accessKeyId)
  // An unknown key costs as much time as a known one.
  const matches = equal(signing.sign(key?.secretKey ?? ''), signature)
  if (key === undefined) {
    throw new AppError('auth.unknownKey', 'Specified access key is not found.', { field: 'AccessKeyId' })
  }
  if (!matches) {
    throw new AppError('auth.badSignature', 'Specified signature is not matched with our calculation.')
  }
  const isNew = await gate.admitOnce(`${accessKeyId} ${nonce.value}`, atMs + maxSkewMs)
  if (!isNew) throw new AppError('auth.replayed', 'Specified signature nonce was used already.')
  return { subAppId: key.subAppId, secretId: key.secretId }
}

function signingOf(request: RawRequest): Signing {
  if (isSignedV3(request)) return signingV3(request)
  if (request.headers.authorization !== undefined || commonParameter(request, 'AccessKeyId') === undefined) {
    throw new AppError('auth.missing', 'AccessKeyId is mandatory for this action.', { field: 'AccessKeyId' })
  }
  return signingV1(request)
}

function required({ value, field }: Named): string {
  if (value !== '') return value
  throw new AppError('request.missingParameter', `${field} is mandatory for this action.`, { field })
}

function equal(expected: string, given: string): boolean {
  // Digests are of one length, whatever was given.
  const [a, b] = [expected, given].map((text) => createHash('sha256').update(text).digest())
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}
