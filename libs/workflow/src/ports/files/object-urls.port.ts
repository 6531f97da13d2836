import type { SubAppId } from '@libs/kernel'

/** An object of a bucket that somebody else fills. */
export interface BucketObject {
  readonly bucket: string
  readonly key: string
}

/** Somebody who may read the buckets that operators have given to sub-applications. */
export abstract class ObjectUrls {
  /**
   * @returns a URL that answers with the object until then
   * @throws AppError `auth.forbidden` when the bucket is not the sub-application's, `storage.failed`
   */
  abstract urlOf(subAppId: SubAppId, object: BucketObject, until: Date): Promise<string>
}
