import { type Artifact, ArtifactStore } from '@libs/tasks'
import { constants } from 'node:fs'
import { copyFile, stat } from 'node:fs/promises'
import { artifactRoot } from '../storage-key'
import type { DiskFolder } from './disk-folder'

export class DiskArtifactStore extends ArtifactStore {
  constructor(private readonly folder: DiskFolder) {
    super()
  }

  async put(key: string, path: string): Promise<Artifact> {
    return this.folder.store(key, async (unfinished) => {
      await copyFile(path, unfinished, constants.COPYFILE_FICLONE)
      return { key, sizeBytes: (await stat(unfinished)).size }
    })
  }

  async remove(key: string): Promise<void> {
    await this.folder.remove(key)
  }

  /** The file to serve for a key out of a URL; undefined for anything but an artifact that is there. */
  resolveFile(key: string): string | undefined {
    return key.startsWith(artifactRoot) ? this.folder.find(key) : undefined
  }
}
