import { type StoredFile, StoredFiles } from '@libs/workflow'
import type { S3Bucket } from './s3-bucket'

export class S3StoredFiles extends StoredFiles {
  constructor(private readonly bucket: S3Bucket) {
    super()
  }

  override async find(key: string): Promise<StoredFile | undefined> {
    const object = await this.bucket.find(key)
    if (object === undefined) return undefined
    const { sizeBytes, modifiedAt, entityTag } = object
    return {
      sizeBytes,
      modifiedAt,
      entityTag,
      read: (positionBytes, lengthBytes) => this.bucket.read(object, positionBytes, lengthBytes),
    }
  }

  override async removeAll(key: string): Promise<void> {
    await this.bucket.removeAll(key)
  }
}
