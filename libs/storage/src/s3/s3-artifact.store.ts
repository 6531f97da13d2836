import { type Artifact, ArtifactStore } from '@libs/tasks'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { storageFault } from '../storage-fault'
import type { S3Bucket } from './s3-bucket'

export class S3ArtifactStore extends ArtifactStore {
  constructor(private readonly bucket: S3Bucket) {
    super()
  }

  async put(key: string, path: string): Promise<Artifact> {
    const { size } = await stat(path).catch((thrown: unknown) => {
      throw storageFault(thrown)
    })
    await this.bucket.store(key, createReadStream(path))
    return { key, sizeBytes: size }
  }

  async remove(key: string): Promise<void> {
    await this.bucket.remove(key)
  }
}
