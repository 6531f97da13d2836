import { AppError, type SubAppId } from '@libs/kernel'
import { type BucketObject, ObjectUrls } from '@libs/workflow'
import { z } from 'zod'
import { connectS3, loadS3 } from './load-s3'
import { keepingFault } from './s3-fault'
import { readS3Place } from './s3-place'
import type { StorageSettings } from '../storage.env'

/** Which buckets are read for whom. */
export const hookBucketsEnv = {
  /** Buckets whose objects become media, each with its sub-application: `videos,shop-videos=1`. */
  HOOK_BUCKETS: z
    .string()
    .default('')
    .transform((text, context): ReadonlyMap<string, SubAppId> => {
      const parts = text.split(',').filter((part) => part.trim() !== '')
      const given = parts.map((part) => /^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:=(\d{1,9}))?$/.exec(part.trim()))
      if (given.includes(null)) context.addIssue({ code: 'custom', message: 'expected <bucket>[=<sub-application>],…' })
      return new Map(given.map((found) => [found?.[1] ?? '', Number(found?.[2] ?? 0) as SubAppId]))
    }),
}

type HookBuckets = z.infer<z.ZodObject<typeof hookBucketsEnv>>

/** Signed as the product's own user of S3: so nobody reads a bucket that an operator has not given him. */
export class S3ObjectUrls extends ObjectUrls {
  constructor(private readonly settings: StorageSettings & HookBuckets) {
    super()
  }

  override async urlOf(subAppId: SubAppId, { bucket, key }: BucketObject, until: Date): Promise<string> {
    if (this.settings.HOOK_BUCKETS.get(bucket) !== subAppId) {
      throw new AppError(
        'auth.forbidden',
        `The bucket "${bucket}" is not given to this sub-application by HOOK_BUCKETS.`,
      )
    }
    const [{ GetObjectCommand }, { getSignedUrl }, client] = await Promise.all([
      loadS3(),
      import('@aws-sdk/s3-request-presigner'),
      connectS3(readS3Place(this.settings)),
    ])
    const expiresIn = Math.max(1, Math.floor((until.getTime() - Date.now()) / 1_000))
    const get = new GetObjectCommand({ Bucket: bucket, Key: key })
    return getSignedUrl(client, get, { expiresIn }).catch((thrown: unknown) => {
      throw keepingFault(thrown)
    })
  }
}
