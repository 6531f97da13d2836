import { AppError } from '@libs/kernel'
import { SourceStore, type StoredSource } from '@libs/tasks'
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { DiskFolder } from './disk-folder'
import { LocalFile } from './local-file'

export class DiskSourceStore extends SourceStore {
  constructor(private readonly folder: DiskFolder) {
    super()
  }

  async put(key: string, bytes: Readable, limit?: { readonly maxBytes: number }): Promise<StoredSource> {
    const maxBytes = limit?.maxBytes ?? Infinity
    return this.folder.store(key, async (unfinished) => {
      const hash = createHash('sha256')
      let sizeBytes = 0
      async function* measured(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
        for await (const chunk of chunks) {
          sizeBytes += chunk.length
          if (sizeBytes > maxBytes) {
            throw new AppError('request.tooLarge', `The file is larger than the ${maxBytes} bytes that are allowed.`)
          }
          hash.update(chunk)
          yield chunk
        }
      }
      await pipeline(bytes, measured, createWriteStream(unfinished, { flags: 'wx' }))
      return { sizeBytes, sha256: hash.digest('hex') }
    })
  }

  async open(key: string, _workspace: string, _signal: AbortSignal): Promise<LocalFile> {
    const path = this.folder.find(key)
    if (path === undefined) throw new AppError('media.notAccessible', 'The media file is not in the storage any more.')
    return new LocalFile(path, (await stat(path)).size)
  }

  async remove(key: string): Promise<void> {
    await this.folder.remove(key)
  }
}
