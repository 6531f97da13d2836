import { AppError, type MediaId, type SubAppId } from '@libs/kernel'
import { randomBytes } from 'node:crypto'

/** Tencent Cloud VOD, "ModifyMediaInfo": a cover is a GIF, a JPEG or a PNG. */
const signatures: readonly (readonly [extension: string, bytes: Buffer])[] = [
  ['jpg', Buffer.from([0xff, 0xd8, 0xff])],
  ['png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['gif', Buffer.from('GIF8')],
]

/** Under which all covers of a media are that were given rather than made. */
export function givenCoversOf(subAppId: SubAppId, id: MediaId): string {
  return `covers/${subAppId}/${id}`
}

/** A key for a cover that comes. @param extension `jpg`, `png` or `gif` */
export function coverKeyOf(subAppId: SubAppId, id: MediaId, extension: string): string {
  return `${givenCoversOf(subAppId, id)}/${randomBytes(10).toString('hex')}.${extension}`
}

/** A key for a cover whose bytes are given. @throws AppError `request.invalidValue` for bytes that are no such picture */
export function newCoverKey(subAppId: SubAppId, id: MediaId, bytes: Buffer): string {
  const found = signatures.find(([, signature]) => bytes.subarray(0, signature.length).equals(signature))
  if (found === undefined) {
    throw new AppError('request.invalidValue', 'A GIF, a JPEG or a PNG is expected.', { field: 'cover' })
  }
  return coverKeyOf(subAppId, id, found[0])
}
