import type { EventSigning, SignedEvent } from '@libs/workflow'
import { createHash } from 'node:crypto'

/** Tencent Cloud VOD, "ModifyEventConfig", SignKey: a notification is good for ten minutes. */
const validSeconds = 10 * 60

/**
 * Adds `Sign` and `T` to a notification: the MD5 of the key and the time in seconds at which it expires, in lower case.
 * @param body a JSON object
 */
export function signEvent(body: string, { key, nowMs }: EventSigning): SignedEvent {
  const expiresAtS = Math.floor(nowMs / 1000) + validSeconds
  const sign = createHash('md5').update(`${key}${expiresAtS}`).digest('hex')
  return { body: `${body.slice(0, -1)},"Sign":"${sign}","T":${expiresAtS}}`, headers: {} }
}
