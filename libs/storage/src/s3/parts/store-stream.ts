import type { S3Client } from '@aws-sdk/client-s3'
import { PartBuffer } from './part-buffer'
import { type NewObject, PartsUpload } from './parts-upload'

/** Two are sent while the third is filled. */
const buffersAtOnce = 3

/**
 * Keeps a stream of any length: whole or not at all, and in parts when it is long.
 * @throws the stream's own fault, or what S3 said
 */
export async function storeStream(client: S3Client, object: NewObject, bytes: AsyncIterable<Buffer>): Promise<void> {
  const upload = await PartsUpload.to(client, object)
  const buffers = Array.from({ length: buffersAtOnce }, () => new PartBuffer())
  try {
    let part = nextOf(buffers)
    for await (const chunk of bytes) {
      for (let rest = part.fill(chunk); rest.length > 0; rest = part.fill(rest)) {
        part.sending = upload.put(part.bytes)
        part = nextOf(buffers)
        await part.sending
        part.empty()
      }
    }
    await upload.end(part.bytes)
  } catch (thrown) {
    await upload.giveUp()
    throw thrown
  }
}

/** The one that was used longest ago. */
function nextOf(buffers: PartBuffer[]): PartBuffer {
  const next = buffers.shift() ?? new PartBuffer()
  buffers.push(next)
  return next
}
