import { SourceStore, type StoredSource } from '@libs/tasks'
import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { measuredSource } from '../measured-source'
import { missingFile } from '../storage-fault'
import type { DiskFolder } from './disk-folder'
import { LocalFile } from './local-file'

export class DiskSourceStore extends SourceStore {
  constructor(private readonly folder: DiskFolder) {
    super()
  }

  async put(key: string, bytes: Readable, limit?: { readonly maxBytes: number }): Promise<StoredSource> {
    return this.folder.store(key, async (unfinished) => {
      const { chunks, result } = measuredSource(bytes, limit?.maxBytes)
      await pipeline(chunks, createWriteStream(unfinished, { flags: 'wx' }))
      return result()
    })
  }

  async open(key: string, _workspace: string, _signal: AbortSignal): Promise<LocalFile> {
    const path = this.folder.find(key)
    if (path === undefined) throw missingFile()
    return new LocalFile(path, (await stat(path)).size)
  }

  async remove(key: string): Promise<void> {
    await this.folder.remove(key)
  }
}
