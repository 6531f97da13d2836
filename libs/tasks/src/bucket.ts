import { z } from 'zod'

/** A named folder of a sub-application's in the store: what is in it has names that callers chose. */
export const bucketName = z
  .string()
  .max(63)
  .regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, 'A bucket has 3 to 63 lower-case letters, digits and hyphens.')

/** Where a task's files go: in a bucket, under the names that they were given, in place of the task's own folder. */
export const placement = { bucket: bucketName.optional() }

const placed = z.object(placement)

/** The bucket that a request of any kind names. */
export function bucketOf(request: unknown): string | undefined {
  return placed.parse(request).bucket
}

/** @returns what the keys of a bucket begin with, ending in `/` */
export function bucketPrefix(subAppId: number, bucket: string): string {
  return `buckets/${subAppId}/${bucket}/`
}
