import { SystemClock } from '@libs/kernel'
import type { ArtifactStore, SourceStore } from '@libs/tasks'
import type { GrowingFiles, StoredFiles, UploadUrls } from '@libs/workflow'
import { resolve } from 'node:path'
import { DiskArtifactStore } from './disk/disk-artifact.store'
import { DiskFolder } from './disk/disk-folder'
import { DiskGrowingFiles } from './disk/disk-growing-files'
import { DiskSourceStore } from './disk/disk-source.store'
import { DiskStoredFiles } from './disk/disk-stored-files'
import { NoUploadUrls } from './disk/no-upload-urls'
import type { FileUrlSettings } from './file-url.env'
import { S3ArtifactStore } from './s3/s3-artifact.store'
import { S3Bucket } from './s3/s3-bucket'
import { S3GrowingFiles } from './s3/s3-growing-files'
import { readS3Place } from './s3/s3-place'
import { S3SourceStore } from './s3/s3-source.store'
import { S3StoredFiles } from './s3/s3-stored-files'
import { S3UploadUrls } from './s3/s3-upload-urls'
import type { StorageSettings } from './storage.env'

export interface Storage {
  readonly sources: SourceStore
  readonly artifacts: ArtifactStore
  readonly files: StoredFiles
  readonly growing: GrowingFiles
  readonly uploads: UploadUrls
}

/** What is heeded where the app has such settings. */
interface DoorSettings {
  readonly MIN_FREE_DISK_MB?: number
  readonly FILE_URL_REDIRECT?: FileUrlSettings['FILE_URL_REDIRECT']
}

/**
 * The stores that STORAGE_URL names: `file:<folder>` and `file://<folder>` alike, relative to the working directory, or
 * `s3://<bucket>/<prefix>`. Nothing is loaded, opened or asked before the first use.
 */
export function openStorage(settings: StorageSettings & DoorSettings): Storage {
  if (localFolderOf(settings) === undefined) {
    const place = readS3Place(settings)
    const bucket = new S3Bucket(place)
    return {
      sources: new S3SourceStore(bucket),
      artifacts: new S3ArtifactStore(bucket),
      files: new S3StoredFiles(bucket, settings.FILE_URL_REDIRECT === 'on'),
      growing: new S3GrowingFiles(bucket, place),
      uploads: new S3UploadUrls(place, stsIn(settings), new SystemClock()),
    }
  }
  const folder = new DiskFolder(localFolderOf(settings) ?? '', (settings.MIN_FREE_DISK_MB ?? 0) * 2 ** 20)
  return {
    sources: new DiskSourceStore(folder),
    artifacts: new DiskArtifactStore(folder),
    files: new DiskStoredFiles(folder),
    growing: new DiskGrowingFiles(folder),
    uploads: new NoUploadUrls(),
  }
}

/** The folder that STORAGE_URL names; undefined when bytes live elsewhere. */
export function localFolderOf({ STORAGE_URL: url }: Pick<StorageSettings, 'STORAGE_URL'>): string | undefined {
  return url.startsWith('s3:') ? undefined : resolve(url.replace(/^file:(\/\/)?/, ''))
}

function stsIn({ STS_ROLE_ARN, AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL }: StorageSettings) {
  return { roleArn: STS_ROLE_ARN, endpoint: AWS_ENDPOINT_URL_STS ?? AWS_ENDPOINT_URL }
}
