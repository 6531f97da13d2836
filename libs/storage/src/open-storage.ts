import type { StoredFiles } from '@libs/workflow'
import { resolve } from 'node:path'
import { DiskArtifactStore } from './disk/disk-artifact.store'
import { DiskFolder } from './disk/disk-folder'
import { DiskSourceStore } from './disk/disk-source.store'
import { DiskStoredFiles } from './disk/disk-stored-files'
import type { StorageSettings } from './storage.env'

export interface Storage {
  readonly sources: DiskSourceStore
  readonly artifacts: DiskArtifactStore
  readonly files: StoredFiles
}

/** The stores that STORAGE_URL names; `file:<folder>` and `file://<folder>` alike, relative to the working directory. */
export function openStorage({ STORAGE_URL }: StorageSettings): Storage {
  const folder = new DiskFolder(resolve(STORAGE_URL.replace(/^file:(\/\/)?/, '')))
  return {
    sources: new DiskSourceStore(folder),
    artifacts: new DiskArtifactStore(folder),
    files: new DiskStoredFiles(folder),
  }
}
