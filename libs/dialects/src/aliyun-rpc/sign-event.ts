import type { EventSigning, SignedEvent } from '@libs/workflow'
import { createHash } from 'node:crypto'

/**
 * Signs a callback in two headers, as the vendor has it: the MD5 of the address as it was set, the time in seconds and the
 * key. The body is not covered.
 * @param product whose headers they are
 */
export function signEvent(product: 'VOD' | 'ICE', body: string, { key, url, nowMs }: EventSigning): SignedEvent {
  const timestamp = String(Math.floor(nowMs / 1000))
  const signature = createHash('md5').update(`${url}|${timestamp}|${key}`).digest('hex')
  return { body, headers: { [`X-${product}-TIMESTAMP`]: timestamp, [`X-${product}-SIGNATURE`]: signature } }
}
