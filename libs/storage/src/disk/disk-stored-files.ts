import { type ListedFile, type StoredFile, StoredFiles } from '@libs/workflow'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { missingPiece } from '../storage-fault'
import type { DiskFolder } from './disk-folder'

export class DiskStoredFiles extends StoredFiles {
  constructor(private readonly folder: DiskFolder) {
    super()
  }

  override async find(key: string): Promise<StoredFile | undefined> {
    const path = this.folder.find(key)
    if (path === undefined) return undefined
    const { size, mtimeMs } = await stat(path)
    return {
      sizeBytes: size,
      modifiedAt: new Date(mtimeMs),
      entityTag: `"${size.toString(16)}-${Math.floor(mtimeMs).toString(16)}"`,
      read: (positionBytes, lengthBytes) => readPart(path, positionBytes, lengthBytes),
    }
  }

  override async join(keys: readonly string[], key: string): Promise<void> {
    const paths = keys.map((each) => this.folder.find(each) ?? missingPiece())
    const { folder } = this
    async function* pieces(): AsyncIterable<Buffer> {
      for (const path of paths) yield* createReadStream(path) as AsyncIterable<Buffer>
    }
    await folder.store(key, (unfinished) => pipeline(folder.whileThereIsRoom(pieces()), createWriteStream(unfinished)))
  }

  override async removeAll(key: string): Promise<void> {
    await this.folder.removeAll(key)
  }

  override list(key: string): AsyncIterable<ListedFile> {
    return this.folder.list(key)
  }
}

/** Opened before it is streamed: a file that was removed meanwhile is an error before anything was sent. */
async function readPart(path: string, positionBytes: number, lengthBytes: number): Promise<Readable> {
  const handle = await open(path, 'r')
  return handle.createReadStream({ start: positionBytes, end: positionBytes + lengthBytes - 1 })
}
