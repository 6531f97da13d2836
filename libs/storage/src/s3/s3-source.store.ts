import { SourceStore, type StoredSource, type SourceLimits } from '@libs/tasks'
import type { Readable } from 'node:stream'
import { measuredSource } from '../measured-source'
import { missingFile } from '../storage-fault'
import type { S3Bucket } from './s3-bucket'
import { S3File } from './s3-file'

export class S3SourceStore extends SourceStore {
  constructor(private readonly bucket: S3Bucket) {
    super()
  }

  async put(key: string, bytes: Readable, limits?: SourceLimits): Promise<StoredSource> {
    const { chunks, result } = measuredSource(bytes, limits?.maxBytes)
    try {
      await this.bucket.store(key, chunks)
    } finally {
      bytes.destroy()
    }
    return result()
  }

  async copy(key: string, url: string, limits: SourceLimits, signal: AbortSignal): Promise<boolean> {
    return this.bucket.copy(key, url, limits.maxBytes ?? Infinity, signal)
  }

  async open(key: string, workspace: string, signal: AbortSignal): Promise<S3File> {
    const object = await this.bucket.find(key, signal)
    if (object === undefined) throw missingFile()
    return new S3File(this.bucket, object, workspace)
  }

  async remove(key: string): Promise<void> {
    await this.bucket.remove(key)
  }
}
