import type { StorageSettings } from '../storage.env'

/** Where in which S3 the files are, and as whom they are asked for. */
export interface S3Place {
  readonly bucket: string
  /** Before every key: empty, or ending in a slash. */
  readonly keyPrefix: string
  /** Absent: Amazon's own for the region. */
  readonly endpoint: string | undefined
  readonly region: string | undefined
  readonly credentials: S3Credentials | undefined
  /** How long it may say nothing. */
  readonly stallMs: number
}

interface S3Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** The place that the settings name. */
export function readS3Place(settings: StorageSettings): S3Place {
  const [bucket = '', ...folders] = settings.STORAGE_URL.replace(/^s3:\/\//, '').split('/')
  return {
    bucket,
    keyPrefix: folders
      .filter((folder) => folder !== '')
      .map((folder) => `${folder}/`)
      .join(''),
    endpoint: settings.AWS_ENDPOINT_URL_S3 ?? settings.AWS_ENDPOINT_URL,
    region: settings.AWS_REGION,
    credentials: credentialsIn(settings),
    stallMs: (settings.STORAGE_STALL_SECONDS ?? 60) * 1_000,
  }
}

function credentialsIn(settings: StorageSettings): S3Credentials | undefined {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN } = settings
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined
  return { accessKeyId, secretAccessKey, ...(AWS_SESSION_TOKEN !== undefined && { sessionToken: AWS_SESSION_TOKEN }) }
}
