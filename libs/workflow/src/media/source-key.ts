import type { MediaId, SubAppId } from '@libs/kernel'
import { randomBytes } from 'node:crypto'

/**
 * A key for a media's bytes. Whoever holds the URL of a source may read it, so the key cannot be guessed from the
 * media's id; it keeps the extension, from which its content type is told.
 */
export function newSourceKey(subAppId: SubAppId, id: MediaId, extension: string): string {
  const name = randomBytes(10).toString('hex')
  return `sources/${subAppId}/${id}/${extension === '' ? name : `${name}.${extension}`}`
}
