import { type Artifact, ArtifactStore } from '@libs/tasks'
import { constants } from 'node:fs'
import { copyFile, stat } from 'node:fs/promises'
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
}
