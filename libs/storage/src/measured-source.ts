import { AppError } from '@libs/kernel'
import type { StoredSource } from '@libs/tasks'
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'

interface MeasuredSource {
  /** The same bytes. @throws AppError `request.tooLarge`; what the source threw, as it is */
  readonly chunks: AsyncIterable<Buffer>
  /** What passed; to be asked once, at the end. */
  readonly result: () => StoredSource
}

/** Counts and hashes a source on its way into a store, and lets no more than `maxBytes` pass. */
export function measuredSource(bytes: Readable, maxBytes = Infinity): MeasuredSource {
  const hash = createHash('sha256')
  let sizeBytes = 0
  async function* measure(): AsyncIterable<Buffer> {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length
      if (sizeBytes > maxBytes) {
        throw new AppError('request.tooLarge', `The file is larger than the ${maxBytes} bytes that are allowed.`)
      }
      hash.update(chunk)
      yield chunk
    }
  }
  return { chunks: measure(), result: () => ({ sizeBytes, sha256: hash.digest('hex') }) }
}
