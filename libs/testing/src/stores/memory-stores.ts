import { createHash } from 'node:crypto'
import { readFile, writeFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { AppError } from '@libs/kernel'
import { ArtifactStore, SourceStore, type SourceLimits } from '@libs/tasks'
import type { Artifact, SourceFile, StoredSource } from '@libs/tasks'
import { LocalFile } from '@libs/storage'

/** Artifacts in a map, with their bytes to look at. */
export class MemoryArtifactStore extends ArtifactStore {
  readonly files = new Map<string, Buffer>()

  override async put(key: string, path: string): Promise<Artifact> {
    const bytes = await readFile(path)
    this.files.set(key, bytes)
    return { key, sizeBytes: bytes.length }
  }

  override async remove(key: string): Promise<void> {
    this.files.delete(key)
  }
}

/** Sources in a map; a local copy is a file in the workspace. */
export class MemorySourceStore extends SourceStore {
  private readonly files = new Map<string, Buffer>()

  override async put(key: string, bytes: Readable, limits?: SourceLimits): Promise<StoredSource> {
    const content = await buffer(bytes)
    if (limits?.maxBytes !== undefined && content.length > limits.maxBytes) {
      throw new AppError('request.tooLarge', `The source has more than ${limits.maxBytes} bytes.`)
    }
    this.files.set(key, content)
    return { sizeBytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }
  }

  override async copy(): Promise<boolean> {
    return false
  }

  override async open(key: string, workspace: string, _signal: AbortSignal): Promise<SourceFile> {
    const bytes = this.files.get(key)
    if (bytes === undefined) throw new AppError('media.notAccessible', 'The source is not there.')
    const path = join(workspace, 'source')
    await writeFile(path, bytes)
    return new LocalFile(path, await stat(path))
  }

  override async remove(key: string): Promise<void> {
    this.files.delete(key)
  }
}
