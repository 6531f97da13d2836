import type { MediaId } from '@libs/kernel'
import type { Upload } from '../../uploads/upload'

export abstract class UploadStore {
  abstract insert(upload: Upload): Promise<void>

  abstract find(token: string): Promise<Upload | undefined>

  /** As `find`, and holds off others that want to change it until the transaction ends. */
  abstract lock(token: string): Promise<Upload | undefined>

  abstract markCommitted(token: string, mediaId: MediaId): Promise<void>

  /** Those whose deadline is over, committed or not. */
  abstract listOver(limit: number, at: Date): Promise<readonly Upload[]>

  abstract remove(token: string): Promise<void>
}
