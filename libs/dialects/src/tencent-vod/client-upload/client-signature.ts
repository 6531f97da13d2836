import { AppError } from '@libs/kernel'
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Caller, Gate } from '../../dialect'
import { subAppIdOf } from '../task-ids'

/** Tencent Cloud VOD, "Signature for client upload": HMAC-SHA1, then what was signed; good for 90 days at most. */
const digestBytes = 20
const longestS = 90 * 24 * 3_600
const maxSkewS = 5 * 60

/** What a backend allows one of its clients to upload, and what is to become of it. */
export interface ClientUpload {
  readonly secretId: string
  readonly signedAtS: number
  readonly expiresAtS: number
  readonly isOnce: boolean
  readonly procedure: string
  readonly priority: number
  readonly notifyMode: string
  readonly sourceContext: string
  readonly sessionContext: string
  /** The AppId that it goes to; 0: the key's own. */
  readonly appId: number
}

interface Parts {
  readonly digest: Buffer
  readonly plain: string
}

function split(signature: string): Parts {
  const bytes = Buffer.from(signature, 'base64')
  return { digest: bytes.subarray(0, digestBytes), plain: bytes.subarray(digestBytes).toString() }
}

/** What a signature says, believed or not. @throws AppError `auth.malformed` */
export function readClientUpload(signature: string): ClientUpload {
  const fields = new URLSearchParams(split(signature).plain)
  const number = (name: string, absent: number): number => {
    const text = fields.get(name)
    if (text === null || text === '') return absent
    if (/^-?\d{1,11}$/.test(text)) return Number(text)
    throw malformed(`${name} is no whole number`)
  }
  const [signedAtS, expiresAtS] = [number('currentTimeStamp', -1), number('expireTime', -1)]
  const secretId = fields.get('secretId') ?? ''
  if (secretId === '' || signedAtS < 0 || expiresAtS < 0 || number('random', -1) < 0) {
    throw malformed('secretId, currentTimeStamp, expireTime and random are needed')
  }
  return {
    secretId,
    signedAtS,
    expiresAtS,
    isOnce: number('oneTimeValid', 0) === 1,
    procedure: fields.get('procedure') ?? '',
    priority: number('taskPriority', 0),
    notifyMode: fields.get('taskNotifyMode') ?? '',
    sourceContext: fields.get('sourceContext') ?? '',
    sessionContext: fields.get('sessionContext') ?? '',
    appId: number('vodSubAppId', 0),
  }
}

/**
 * Proves who allowed an upload, and that it is allowed still.
 * @param uses whether this call uses up a signature that is good once
 * @throws AppError `auth.malformed`, `auth.unknownKey`, `auth.badSignature`, `auth.expired`, `auth.replayed`
 */
export async function verifyClientUpload(signature: string, uses: boolean, gate: Gate): Promise<Caller> {
  const upload = readClientUpload(signature)
  const { digest, plain } = split(signature)
  const key = await gate.findKey(upload.secretId)
  // An unknown key costs as much time as a known one.
  const expected = createHmac('sha1', key?.secretKey ?? '')
    .update(plain)
    .digest()
  const matches = digest.length === expected.length && timingSafeEqual(digest, expected)
  if (key === undefined) throw refusal('auth.unknownKey', `There is no access key "${upload.secretId}".`)
  if (!matches) throw refusal('auth.badSignature', 'The signature does not match what was signed.')
  const nowS = gate.nowMs / 1_000
  const isTooLong = upload.expiresAtS - upload.signedAtS > longestS
  if (nowS > upload.expiresAtS || nowS < upload.signedAtS - maxSkewS || isTooLong) {
    throw refusal('auth.expired', 'The signature is over, not good yet, or good for more than 90 days.')
  }
  if (upload.isOnce && uses && !(await gate.admitOnce(signature, upload.expiresAtS * 1_000))) {
    throw refusal('auth.replayed', 'The signature is good once, and was used.')
  }
  if (upload.appId !== 0 && subAppIdOf(upload.appId) === undefined) {
    throw refusal('subApp.notFound', 'There is no such sub-application.')
  }
  return { subAppId: key.subAppId, secretId: key.secretId }
}

function malformed(what: string): AppError {
  return refusal('auth.malformed', `The signature does not hold what it has to: ${what}.`)
}

function refusal(code: AppError['code'], detail: string): AppError {
  return new AppError(code, detail, { field: 'signature' })
}
