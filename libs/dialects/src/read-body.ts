import { AppError } from '@libs/kernel'
import type { IncomingMessage } from 'node:http'

/** How many times the limit is read and thrown away, so that the client hears the refusal instead of a reset. */
const drainFactor = 4

const slowestBodyMs = 60_000

/**
 * Reads a whole body. Of one that is too large nothing is kept, but most of it is read: a client that is still sending
 * does not read the answer. A body that takes longer than a minute is cut off.
 * @throws AppError `request.tooLarge`
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  let chunks: Buffer[] = []
  let sizeBytes = 0
  const limit = setTimeout(() => request.destroy(), slowestBodyMs)
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) continue
      sizeBytes += chunk.length
      if (sizeBytes <= maxBytes) chunks.push(chunk)
      else chunks = []
      if (sizeBytes > maxBytes * drainFactor) break
    }
  } finally {
    clearTimeout(limit)
  }
  if (sizeBytes <= maxBytes) return Buffer.concat(chunks)
  throw new AppError('request.tooLarge', `The body is larger than ${maxBytes} bytes.`)
}
