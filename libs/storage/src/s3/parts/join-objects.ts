import type { S3Client } from '@aws-sdk/client-s3'
import { buffer } from 'node:stream/consumers'
import { type HeldObject, openRange } from './open-range'
import { partBytes } from './part-buffer'
import { type NewObject, PartsUpload } from './parts-upload'

/** Of one copy, which S3 makes before it answers. */
const mostCopiedBytes = 256 * 1024 * 1024
const copiesAtOnce = 4

/**
 * Makes one object of several, one behind the other, whole or not at all. S3 copies them itself; what would be too short
 * for a part of an object is read, with what follows it.
 * @throws what S3 said, when one of them is gone or another one too
 */
export async function joinObjects(
  client: S3Client,
  object: NewObject,
  from: readonly HeldObject[],
  signal?: AbortSignal,
): Promise<void> {
  const upload = await PartsUpload.to(client, object)
  try {
    const copying: Promise<void>[] = []
    let short: Buffer = Buffer.alloc(0)
    for (const source of from) {
      const read = (at: number, bytes: number) => readRange(client, source, at, bytes)
      const missingBytes = short.length === 0 ? 0 : Math.min(partBytes - short.length, source.sizeBytes)
      short = Buffer.concat([short, await read(0, missingBytes)])
      if (short.length === partBytes) {
        await upload.put(short)
        short = Buffer.alloc(0)
      }
      const leftBytes = source.sizeBytes - missingBytes
      if (leftBytes < partBytes) short = Buffer.concat([short, await read(missingBytes, leftBytes)])
      else
        for (const range of rangesOf(missingBytes, leftBytes)) {
          signal?.throwIfAborted()
          copying.push(upload.copy(source, range))
          if (copying.length === copiesAtOnce) await Promise.all(copying.splice(0))
        }
    }
    await upload.end(short)
  } catch (thrown) {
    await upload.giveUp()
    throw thrown
  }
}

async function readRange(client: S3Client, source: HeldObject, at: number, bytes: number): Promise<Buffer> {
  return bytes === 0 ? Buffer.alloc(0) : buffer(await openRange(client, source, at, bytes))
}

/** Ranges of about the same length, so that none is too short. */
function rangesOf(firstByte: number, bytes: number): readonly (readonly [first: number, last: number])[] {
  const count = Math.ceil(bytes / mostCopiedBytes)
  const edges = Array.from({ length: count + 1 }, (_, index) => firstByte + Math.floor((index * bytes) / count))
  return edges.slice(1).map((end, index) => [edges[index] ?? 0, end - 1])
}
