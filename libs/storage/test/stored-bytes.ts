import type { StoredFiles } from '@libs/workflow'
import { buffer } from 'node:stream/consumers'

/** What a door would hand out for a key; undefined when nothing. */
export async function storedBytes(files: StoredFiles, key: string): Promise<Buffer | undefined> {
  const file = await files.find(key)
  if (file?.sizeBytes === 0) return Buffer.alloc(0)
  return file && buffer(await file.read(0, file.sizeBytes))
}
