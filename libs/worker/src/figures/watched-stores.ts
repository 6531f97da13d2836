import { ArtifactStore, SourceFile, type SourceLimits, SourceStore } from '@libs/tasks'
import type { Readable } from 'node:stream'
import { Counter } from 'prom-client'

const read = new Counter({
  name: 'stillflow_store_read_bytes_total',
  help: 'Bytes of media that tasks read from the store; of files on a disk, without what ffmpeg reads by itself.',
})
const written = new Counter({
  name: 'stillflow_store_written_bytes_total',
  help: 'Bytes of pictures and of pulled media that tasks put into the store.',
})

class WatchedSource extends SourceFile {
  private isFetched = false

  constructor(private readonly file: SourceFile) {
    super()
  }

  override get sizeBytes(): number {
    return this.file.sizeBytes
  }

  override get isRemote(): boolean {
    return this.file.isRemote
  }

  override async read(positionBytes: number, lengthBytes: number, signal: AbortSignal): Promise<Buffer> {
    const bytes = await this.file.read(positionBytes, lengthBytes, signal)
    read.inc(bytes.length)
    return bytes
  }

  override async localPath(signal: AbortSignal): Promise<string> {
    const path = await this.file.localPath(signal)
    if (this.isRemote && !this.isFetched) read.inc(this.sizeBytes)
    this.isFetched = true
    return path
  }

  override assertUnchanged(): Promise<void> {
    return this.file.assertUnchanged()
  }
}

/** A store of sources that counts what is read from it and put into it. */
export class WatchedSources extends SourceStore {
  constructor(private readonly sources: SourceStore) {
    super()
  }

  override async put(key: string, bytes: Readable, limits?: SourceLimits) {
    const stored = await this.sources.put(key, bytes, limits)
    written.inc(stored.sizeBytes)
    return stored
  }

  /** Its bytes pass by nobody here. */
  override copy(key: string, url: string, limits: SourceLimits, signal: AbortSignal): Promise<boolean> {
    return this.sources.copy(key, url, limits, signal)
  }

  override async open(key: string, workspace: string, signal: AbortSignal): Promise<SourceFile> {
    return new WatchedSource(await this.sources.open(key, workspace, signal))
  }

  override remove(key: string): Promise<void> {
    return this.sources.remove(key)
  }
}

/** A store of artifacts that counts what is put into it. */
export class WatchedArtifacts extends ArtifactStore {
  constructor(private readonly artifacts: ArtifactStore) {
    super()
  }

  override async put(key: string, path: string) {
    const artifact = await this.artifacts.put(key, path)
    written.inc(artifact.sizeBytes)
    return artifact
  }

  override remove(key: string): Promise<void> {
    return this.artifacts.remove(key)
  }
}
