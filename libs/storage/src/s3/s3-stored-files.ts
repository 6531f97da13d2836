import { type ListedFile, type StoredFile, StoredFiles } from '@libs/workflow'
import { missingPiece } from '../storage-fault'
import type { S3Bucket, S3Object } from './s3-bucket'

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

  override async join(keys: readonly string[], key: string): Promise<void> {
    const found: S3Object[] = []
    for (const each of keys) found.push((await this.bucket.find(each)) ?? missingPiece())
    await this.bucket.join(found, key)
  }

  override async removeAll(key: string): Promise<void> {
    await this.bucket.removeAll(key)
  }

  override list(key: string): AsyncIterable<ListedFile> {
    return this.bucket.list(key)
  }
}
