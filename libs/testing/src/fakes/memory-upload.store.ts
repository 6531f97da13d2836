import type { MediaId } from '@libs/kernel'
import { type Grip, type Upload, UploadStore } from '@libs/workflow'
import type { MemoryTables } from './memory-tables'

export class MemoryUploadStore extends UploadStore {
  private readonly grips = new Map<string, { holder: string; until: Date; isWanted: boolean }>()

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

  override async declareSize(token: string, sizeBytes: number): Promise<void> {
    const upload = this.tables.uploads.get(token)
    if (upload?.growing === undefined) return
    this.tables.uploads.set(token, { ...upload, growing: { ...upload.growing, sizeBytes } })
  }

  override async hold(token: string, holder: string, at: Date, until: Date): Promise<Grip> {
    if (!this.tables.uploads.has(token)) return 'taken'
    const grip = this.grips.get(token)
    if (grip !== undefined && grip.holder !== holder && grip.until > at) return 'taken'
    const isWanted = grip?.holder === holder && grip.isWanted
    this.grips.set(token, { holder, until, isWanted })
    return isWanted ? 'wanted' : 'held'
  }

  override async want(token: string): Promise<void> {
    const grip = this.grips.get(token)
    if (grip !== undefined) this.grips.set(token, { ...grip, isWanted: true })
  }

  override async letGo(token: string, holder: string): Promise<void> {
    if (this.grips.get(token)?.holder === holder) this.grips.delete(token)
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
