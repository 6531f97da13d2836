import { AppError } from '@libs/kernel'
import { pipeline, Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

export interface BodyLimits {
  readonly maxBytes: number
  /** Less than this over `rateWindowMs` of waiting is given up: a drip would hold a worker for ever. */
  readonly minBytesPerS: number
  readonly rateWindowMs: number
  readonly maxMs: number
}

/** What a server may send although it was asked not to compress. */
const decoders = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const

/** No film shrinks like this; below `unsuspectedBytes` nobody minds. */
const maxRatio = 100
const unsuspectedBytes = 64 * 1024 ** 2

/**
 * The bytes of a body, held to limits on the way.
 * @param encoding the answer's Content-Encoding; empty for none
 * @throws AppError `request.tooLarge`, `media.notAccessible`, `media.temporarilyNotAccessible`, or what the body throws
 */
export async function* readBody(
  body: AsyncIterable<Buffer>,
  encoding: string,
  limits: BodyLimits,
): AsyncGenerator<Buffer> {
  let receivedBytes = 0
  const counted = paced(body, limits, (sizeBytes) => (receivedBytes += sizeBytes))
  let sizeBytes = 0
  for await (const chunk of decoded(counted, encoding)) {
    sizeBytes += chunk.length
    const isBomb = sizeBytes > unsuspectedBytes && sizeBytes > maxRatio * receivedBytes
    if (isBomb || sizeBytes > limits.maxBytes) throw tooLarge(limits.maxBytes)
    yield chunk
  }
}

export function tooLarge(maxBytes: number): AppError {
  return new AppError('request.tooLarge', `The file is larger than the ${maxBytes} bytes that are allowed.`)
}

function decoded(body: AsyncGenerator<Buffer>, encoding: string): AsyncIterable<Buffer> {
  const name = encoding.trim().toLowerCase()
  if (name === '' || name === 'identity') return body
  if (!isDecodable(name)) {
    throw new AppError('media.notAccessible', `The server encodes the file in a way that is not known: ${name}.`)
  }
  // The decoder is destroyed with what went wrong, and throws it.
  return pipeline(Readable.from(body), decoders[name](), () => undefined)
}

function isDecodable(name: string): name is keyof typeof decoders {
  return Object.hasOwn(decoders, name)
}

/** Only waiting for the server counts as its time: our own disk may be what is slow. */
async function* paced(
  body: AsyncIterable<Buffer>,
  { minBytesPerS, rateWindowMs, maxMs }: BodyLimits,
  count: (sizeBytes: number) => void,
): AsyncGenerator<Buffer> {
  const chunks = body[Symbol.asyncIterator]()
  const startedAtMs = performance.now()
  let [waitedMs, windowBytes] = [0, 0]
  for (;;) {
    const askedAtMs = performance.now()
    const next = await chunks.next()
    if (next.done === true) return
    const nowMs = performance.now()
    waitedMs += nowMs - askedAtMs
    windowBytes += next.value.length
    count(next.value.length)
    const isDrip = waitedMs > rateWindowMs && windowBytes < (minBytesPerS * waitedMs) / 1_000
    if (isDrip || nowMs - startedAtMs > maxMs) {
      throw new AppError('media.temporarilyNotAccessible', 'The server sends the file too slowly.')
    }
    if (waitedMs > rateWindowMs) [waitedMs, windowBytes] = [0, 0]
    yield next.value
  }
}
