import { type ListedFile, type StoredFile, StoredFiles } from '@libs/workflow'
import type { S3Bucket } from './s3-bucket'

export class S3StoredFiles extends StoredFiles {
  /** @param lendsUrls whether readers may be sent to the bucket itself */
  constructor(
    private readonly bucket: S3Bucket,
    private readonly lendsUrls: boolean,
  ) {
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
      ...(this.lendsUrls && { urlUntil: (until: Date) => this.bucket.urlUntil(key, until) }),
    }
  }

  override async removeAll(key: string): Promise<void> {
    await this.bucket.removeAll(key)
  }

  override list(key: string): AsyncIterable<ListedFile> {
    return this.bucket.list(key)
  }
}
