import { AppError, type Clock } from '@libs/kernel'
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FileUrlKey } from './file-url.env'
import { isBucketKey, isStorageKey } from './storage-key'

/** What one attempt of a task made is under `artifacts/<sub-application>/<run>/<task>/<attempt>/`. */
const attemptDepth = 5

/** New URLs of the same file stay the same for a sixteenth of their time, so that browsers need not load it again. */
const datesInLifetime = 16

const pass = /^~([A-Za-z0-9]{1,16})\.([0-9a-z]{1,10})\.(\d{1,2})\.([A-Za-z0-9_-]{43})$/

/** A file that a counter names, and the WebVTT that is called after the same series. */
const numbered = /^(.*?)[-_.]?(?:\d{5}\.(?:jpe?g|png|webp|avif)|00000\.vtt)$/

export interface SignedFile {
  readonly key: string
  readonly expiresAtMs: number
}

/**
 * Puts a pass before the key of a file: `~<key id>.<expiry>.<how many segments it covers>.<HMAC-SHA256>`. It covers the file,
 * or the folder of what one attempt of a task made: so a VTT's relative names lead to sheets that can be read with it. In a
 * bucket, where others' files may be next to them, it covers the files of one series: `film.vtt` and `film-00001.jpg`.
 */
export class FileUrlSigner {
  /** @param keys the first signs, all are believed */
  constructor(
    private readonly keys: readonly [FileUrlKey, ...FileUrlKey[]],
    private readonly lifetimeS: number,
    private readonly clock: Clock,
  ) {}

  /**
   * @param lifetimeS for how long it is good, in place of the usual
   * @returns a path, not escaped, for the file, good for fifteen sixteenths of the usual lifetime at least
   */
  sign(key: string, lifetimeS?: number): string {
    const expiresAtS = lifetimeS === undefined ? this.usualExpiryS() : Math.ceil(this.clock.nowMs() / 1_000 + lifetimeS)
    const segments = key.split('/')
    const isArtifact = segments[0] === 'artifacts' && segments.length > attemptDepth
    const depth = isArtifact ? attemptDepth : segments.length
    const [signer] = this.keys
    const mac = macOf(signer, expiresAtS, coveredBy(segments, depth)).toString('base64url')
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
    const expected = macOf(signer ?? this.keys[0], expiresAtS, coveredBy(segments, depth))
    const matches = timingSafeEqual(expected, macBytes(given))
    const isOver = expiresAtS * 1_000 <= this.clock.nowMs()
    if (signer !== undefined && matches && isStorageKey(key) && !isOver) return { key, expiresAtMs: expiresAtS * 1_000 }
    throw new AppError('file.forbidden', isOver ? 'The URL has expired.' : 'The URL is not signed, or not rightly so.')
  }

  private usualExpiryS(): number {
    const stepS = Math.max(1, Math.floor(this.lifetimeS / datesInLifetime))
    return Math.floor((this.clock.nowMs() / 1_000 + this.lifetimeS) / stepS) * stepS
  }
}

/** A file by its key, a folder with a slash at its end, or a series with a line end, which no key has. */
function coveredBy(segments: readonly string[], depth: number): string {
  if (depth !== segments.length) return `${segments.slice(0, depth).join('/')}/`
  const name = segments.at(-1) ?? ''
  const series = isBucketKey(segments.join('/'))
    ? (numbered.exec(name)?.[1] ?? /^(.+)\.vtt$/.exec(name)?.[1])
    : undefined
  return [...segments.slice(0, -1), series === undefined ? name : `${series}\n`].join('/')
}

/** Of the class of method, whose key it is, until when, and what. */
function macOf({ id, secret }: FileUrlKey, expiresAtS: number, what: string): Buffer {
  return createHmac('sha256', secret).update(['read', id, expiresAtS, what].join('\n')).digest()
}

/** 32 bytes, whatever was given. */
function macBytes(given: string): Buffer {
  const bytes = Buffer.alloc(32)
  bytes.write(given, 'base64url')
  return bytes
}
