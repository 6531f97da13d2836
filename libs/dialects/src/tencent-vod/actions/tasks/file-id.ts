import { AppError, type MediaId, parseMediaId } from '@libs/kernel'
import { string } from '../../protocol/fields'

/** A FileId, of any form: one that is malformed names no file. */
export const fileId = string(64).default('')

/** @throws AppError `media.notFound` for a text that cannot be a FileId */
export function decodeFileId(text: string): MediaId {
  const id = parseMediaId(text)
  if (id !== undefined) return id
  throw new AppError('media.notFound', `There is no file "${text}".`, { field: 'FileId' })
}
