import { AppError, type Clock } from '@libs/kernel'
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FileUrlKey } from './file-url.env'
import { isStorageKey } from './storage-key'

/** What one attempt of a task made is under `artifacts/<sub-application>/<run>/<task>/<attempt>/`. */
const attemptDepth = 5

/** New URLs of the same file stay the same for a sixteenth of their time, so that browsers need not load it again. */
const datesInLifetime = 16

const pass = /^~([A-Za-z0-9]{1,16})\.([0-9a-z]{1,10})\.(\d{1,2})\.([A-Za-z0-9_-]{43})$/

export interface SignedFile {
  readonly key: string
  readonly expiresAtMs: number
}

/**
 * Puts a pass before the key of a file: `~<key id>.<expiry>.<how many segments it covers>.<HMAC-SHA256>`. It covers the file,
 * or the folder of what one attempt of a task made: so a VTT's relative names lead to sheets that can be read with it.
 */
export class FileUrlSigner {
  /** @param keys the first signs, all are believed */
  constructor(
    private readonly keys: readonly [FileUrlKey, ...FileUrlKey[]],
    private readonly lifetimeS: number,
    private readonly clock: Clock,
  ) {}

  /** @returns a path for the file, good for fifteen sixteenths of the lifetime at least */
  sign(key: string): string {
    const stepS = Math.max(1, Math.floor(this.lifetimeS / datesInLifetime))
    const expiresAtS = Math.floor((this.clock.nowMs() / 1_000 + this.lifetimeS) / stepS) * stepS
    const segments = key.split('/')
    const isArtifact = segments[0] === 'artifacts' && segments.length > attemptDepth
    const depth = isArtifact ? attemptDepth : segments.length
    const [signer] = this.keys
    const mac = macOf(signer, expiresAtS, segments.slice(0, depth), !isArtifact).toString('base64url')
    return `~${signer.id}.${expiresAtS.toString(36)}.${depth}.${mac}/${key}`
  }

  /** @param path as it came, decoded. @throws AppError `file.forbidden` */
  verify(path: string): SignedFile {
    const [first = '', ...segments] = path.split('/')
    const [, id, expiry = '', depthText, given = ''] = pass.exec(first) ?? []
    const signer = this.keys.find((key) => key.id === id)
    const expiresAtS = parseInt(expiry, 36)
    const depth = Number(depthText)
    const key = segments.join('/')
    // Unknown keys and odd names cost as much time as others.
    const expected = macOf(signer ?? this.keys[0], expiresAtS, segments.slice(0, depth), depth === segments.length)
    const matches = timingSafeEqual(expected, macBytes(given))
    const isOver = expiresAtS * 1_000 <= this.clock.nowMs()
    if (signer !== undefined && matches && isStorageKey(key) && !isOver) return { key, expiresAtMs: expiresAtS * 1_000 }
    throw new AppError('file.forbidden', isOver ? 'The URL has expired.' : 'The URL is not signed, or not rightly so.')
  }
}

/** Of the class of method, whose key it is, until when, and what: a folder ends with a slash. */
function macOf({ id, secret }: FileUrlKey, expiresAtS: number, segments: readonly string[], isFile: boolean): Buffer {
  const what = `${segments.join('/')}${isFile ? '' : '/'}`
  return createHmac('sha256', secret).update(['read', id, expiresAtS, what].join('\n')).digest()
}

/** 32 bytes, whatever was given. */
function macBytes(given: string): Buffer {
  const bytes = Buffer.alloc(32)
  bytes.write(given, 'base64url')
  return bytes
}
