import { open } from 'node:fs/promises'
import type { ImageFormat } from '@libs/tasks'

/** How much of a file's head says how long it is; an AVIF begins with a few boxes, the pixels' being the last. */
const headBytes = 4096
const endOfJpeg = Buffer.from([0xff, 0xd9])
/** The chunk IEND with its checksum (PNG specification, 11.2.5). */
const endOfPng = Buffer.from([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82])

/**
 * Whether a picture ends where its format says that it does. Encoders write from the beginning to the end, so a picture
 * that was not written whole lacks its end; decoding it would tell no more, and cost as much as making it.
 */
export async function isWholePicture(path: string, format: ImageFormat, sizeBytes: number): Promise<boolean> {
  const handle = await open(path, 'r')
  const read = async (position: number, length: number): Promise<Buffer> => {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, Math.max(0, position))
    return buffer.subarray(0, bytesRead)
  }
  const endsWith = async (end: Buffer): Promise<boolean> => end.equals(await read(sizeBytes - end.length, end.length))
  try {
    switch (format) {
      case 'jpg':
        return await endsWith(endOfJpeg)
      case 'png':
        return await endsWith(endOfPng)
      case 'webp':
        // RIFF: the size that follows the four letters counts what comes after it.
        return (await read(0, 8)).readUInt32LE(4) + 8 === sizeBytes
      case 'avif':
        return lengthOfBoxes(await read(0, headBytes), sizeBytes) === sizeBytes
    }
  } finally {
    await handle.close()
  }
}

/** Where the last box ends that begins in the head (ISO 14496-12, 4.2): its first word is its size, or 0 for the rest. */
function lengthOfBoxes(head: Buffer, sizeBytes: number): number {
  let at = 0
  while (at + 8 <= head.length) {
    const boxBytes = head.readUInt32BE(at) || sizeBytes - at
    if (boxBytes < 8) return 0
    at += boxBytes
  }
  return at
}
