import { StoredFiles } from '@libs/workflow'
import type { DiskFolder } from './disk-folder'

export class DiskStoredFiles extends StoredFiles {
  constructor(private readonly folder: DiskFolder) {
    super()
  }

  override find(key: string): string | undefined {
    return this.folder.find(key)
  }
}
