import { z } from 'zod'
import { isStorageKey } from './storage-key'

const expected = 'expected file:<folder> or s3://<bucket>/<prefix>'
const endpoint = z.url({ protocol: /^https?$/, error: 'expected http://… or https://…' }).optional()

/** Where bytes live: sources and artifacts in one folder, or in one bucket with the settings that every tool of AWS reads. */
export const storageEnv = {
  STORAGE_URL: z.string({ error: expected }).refine(isStorageUrl, { error: expected }),
  AWS_ENDPOINT_URL_S3: endpoint,
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: z.string().optional(),
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  AWS_SESSION_TOKEN: z.string().optional(),
  AWS_ENDPOINT_URL_STS: endpoint,
  /** How long S3 may say nothing before a request is given up and made again; a minute unless said. */
  STORAGE_STALL_SECONDS: z.coerce.number().int().min(1).optional(),
  /** A role that may write to the bucket: uploaders are lent its credentials, for one object each. */
  STS_ROLE_ARN: z.string().optional(),
}

export type StorageSettings = z.infer<z.ZodObject<typeof storageEnv>>

/** Buckets are named as S3 wants it; what comes before the keys is made as they are. */
function isStorageUrl(url: string): boolean {
  const [, bucket, prefix] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.+?))?\/?$/.exec(url) ?? []
  return bucket === undefined ? /^file:./.test(url) : prefix === undefined || isStorageKey(prefix)
}
