import { type FileHandle, open } from 'node:fs/promises'
import { AppError } from '@libs/kernel'

const headBytes = 4096
const mostBoxes = 10_000

/** What the containers that are opened begin with; `at` bytes from the beginning. */
const signatures: readonly { readonly at: number; readonly bytes: Buffer }[] = [
  ...['1a45dfa3', '000001ba', '000001b3', '3026b2758e66cf11', '060e2b34'].map((hex) => ({
    at: 0,
    bytes: Buffer.from(hex, 'hex'),
  })),
  ...['FLV', 'OggS', 'GIF8', 'ID3', 'fLaC'].map((name) => ({ at: 0, bytes: Buffer.from(name) })),
  ...['AVI ', 'WAVE'].map((name) => ({ at: 8, bytes: Buffer.from(name) })),
]
const firstBoxes = new Set(['ftyp', 'styp', 'moov', 'mdat', 'free', 'skip', 'wide', 'pnot', 'moof', 'sidx'])
const syncByte = 0x47
const tsPacketBytes = 188

/**
 * Why a file cannot be read, by its own bytes: ffprobe says the same of a letter to a friend and of half a film.
 * @param isKnown ffprobe knew the kind of file, which is none that is opened
 * @returns AppError `media.notMedia`, `media.truncated`, `media.unsupported`, `media.malformed`
 */
export async function judgeUnreadable(path: string, { isKnown }: { readonly isKnown: boolean }): Promise<AppError> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    const head = buffer.subarray(0, bytesRead)
    if (firstBoxes.has(nameOf(head))) return await judgeBoxes(file)
    if (isContainer(head)) return new AppError('media.malformed', 'The file is damaged.')
    if (isKnown && !isText(head)) {
      return new AppError('media.unsupported', 'The file is of a kind that no pictures are taken from.')
    }
    return new AppError('media.notMedia', 'The file is not a media file.')
  } finally {
    await file.close()
  }
}

function nameOf(header: Buffer): string {
  return header.toString('latin1', 4, 8)
}

function isContainer(head: Buffer): boolean {
  const syncs = [0, 1, 2].map((packet) => head[packet * tsPacketBytes])
  return (
    syncs.every((byte) => byte === syncByte) ||
    signatures.some(({ at, bytes }) => bytes.equals(head.subarray(at, at + bytes.length)))
  )
}

function isText(head: Buffer): boolean {
  return head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d)
}

/** An mp4 whose boxes end after the file does, or that has no index or no data, was cut off (ISO 14496-12, 4.2). */
async function judgeBoxes(file: FileHandle): Promise<AppError> {
  const { size } = await file.stat()
  const names = new Set<string>()
  let at = 0
  for (let boxes = 0; at + 8 <= size && boxes < mostBoxes; boxes += 1) {
    const { buffer } = await file.read(Buffer.alloc(16), 0, 16, at)
    names.add(nameOf(buffer))
    const short = buffer.readUInt32BE()
    const long = short === 1 ? Number(buffer.readBigUInt64BE(8)) : short
    at += short === 0 ? size - at : Math.max(8, long)
  }
  const isWhole = at === size && names.has('moov') && (names.has('mdat') || names.has('moof'))
  return isWhole
    ? new AppError('media.malformed', 'The file is damaged.')
    : new AppError('media.truncated', 'The file ends before the video does: a part of it is missing.')
}
