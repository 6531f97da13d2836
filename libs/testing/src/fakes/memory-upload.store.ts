import type { MediaId } from '@libs/kernel'
import { type Upload, UploadStore } from '@libs/workflow'
import type { MemoryTables } from './memory-tables'

export class MemoryUploadStore extends UploadStore {
  constructor(private readonly tables: MemoryTables) {
    super()
  }

  override async insert(upload: Upload): Promise<void> {
    this.tables.uploads.set(upload.token, upload)
  }

  override async find(token: string): Promise<Upload | undefined> {
    return this.tables.uploads.get(token)
  }

  override async lock(token: string): Promise<Upload | undefined> {
    return this.find(token)
  }

  override async markCommitted(token: string, mediaId: MediaId): Promise<void> {
    const upload = this.tables.uploads.get(token)
    if (upload !== undefined) this.tables.uploads.set(token, { ...upload, committedAs: mediaId })
  }

  override async listOver(limit: number, at: Date): Promise<readonly Upload[]> {
    return [...this.tables.uploads.values()].filter(({ deadline }) => deadline <= at).slice(0, limit)
  }

  override async remove(token: string): Promise<void> {
    this.tables.uploads.delete(token)
  }
}
