import { AppError, type SubAppId } from '@libs/kernel'
import { type BucketObject, ObjectUrls } from '@libs/workflow'

/** URLs of one bucket, `videos`, of the main application. */
export class ExampleObjectUrls extends ObjectUrls {
  override async urlOf(subAppId: SubAppId, { bucket, key }: BucketObject): Promise<string> {
    if (bucket === 'videos' && subAppId === 0) return `http://s3.example.com/${bucket}/${encodeURIComponent(key)}`
    throw new AppError('auth.forbidden', 'The bucket is not given to this sub-application.')
  }
}
