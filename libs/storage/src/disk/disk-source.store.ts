import { type SourceLimits, SourceStore, type StoredSource } from '@libs/tasks'
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

  async put(key: string, bytes: Readable, { maxBytes, announcedBytes = 0 }: SourceLimits = {}): Promise<StoredSource> {
    const write = async (unfinished: string): Promise<StoredSource> => {
      const { chunks, result } = measuredSource(bytes, maxBytes)
      await pipeline(this.folder.whileThereIsRoom(chunks), createWriteStream(unfinished, { flags: 'wx' }))
      return result()
    }
    return this.folder.store(key, write, announcedBytes)
  }

  /** A folder signs no URLs. */
  async copy(): Promise<boolean> {
    return false
  }

  async open(key: string, _workspace: string, _signal: AbortSignal): Promise<LocalFile> {
    const path = this.folder.find(key)
    if (path === undefined) throw missingFile()
    return new LocalFile(path, await stat(path))
  }

  async remove(key: string): Promise<void> {
    await this.folder.remove(key)
  }
}
