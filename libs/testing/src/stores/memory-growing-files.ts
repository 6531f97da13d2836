import { AppError } from '@libs/kernel'
import type { SourceStore } from '@libs/tasks'
import { type GrowingFile, GrowingFiles } from '@libs/workflow'
import { Readable } from 'node:stream'

/** Growing files in a map; what is whole becomes a source. */
export class MemoryGrowingFiles extends GrowingFiles {
  private readonly pieces = new Map<string, Buffer>()
  private readonly finished = new Map<string, number>()

  constructor(private readonly sources: SourceStore) {
    super()
  }

  get keys(): readonly string[] {
    return [...this.pieces.keys(), ...this.finished.keys()]
  }

  override async begin({ key }: GrowingFile): Promise<void> {
    this.pieces.set(key, Buffer.alloc(0))
  }

  override async sizeOf(key: string): Promise<number | undefined> {
    return this.pieces.get(key)?.length ?? this.finished.get(key)
  }

  override async declare(): Promise<void> {
    return undefined
  }

  override async append({ key }: GrowingFile, atBytes: number, bytes: Readable): Promise<number> {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      this.pieces.set(key, Buffer.concat([this.pieces.get(key) ?? Buffer.alloc(0), chunk]))
      atBytes += chunk.length
    }
    return atBytes
  }

  override async finish(key: string): Promise<void> {
    const bytes = this.pieces.get(key)
    if (bytes !== undefined) {
      await this.sources.put(key, Readable.from([bytes]))
      this.pieces.delete(key)
      this.finished.set(key, bytes.length)
    } else if (!this.finished.has(key)) throw new AppError('storage.failed', 'Nothing has come of this file.')
  }

  override async remove(key: string): Promise<void> {
    this.pieces.delete(key)
  }
}
