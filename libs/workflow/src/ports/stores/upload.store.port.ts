import type { MediaId } from '@libs/kernel'
import type { Upload } from '../../uploads/upload'

/** Of an upload in hand: `wanted` when somebody else asks for it; `taken` when another has it. */
export type Grip = 'held' | 'wanted' | 'taken'

export abstract class UploadStore {
  abstract insert(upload: Upload): Promise<void>

  abstract find(token: string): Promise<Upload | undefined>

  /** As `find`, and holds off others that want to change it until the transaction ends. */
  abstract lock(token: string): Promise<Upload | undefined>

  /** Notes how long one will be that grows. */
  abstract declareSize(token: string, sizeBytes: number): Promise<void>

  /**
   * Takes an upload in hand until then, or keeps it in hand; whoever has it keeps others off.
   * @param holder whoever wants it, named at random
   */
  abstract hold(token: string, holder: string, at: Date, until: Date): Promise<Grip>

  /** Tells whoever has it in hand that somebody else asks for it. */
  abstract want(token: string): Promise<void>

  /** Lets go of one that the holder has in hand. */
  abstract letGo(token: string, holder: string): Promise<void>

  abstract markCommitted(token: string, mediaId: MediaId): Promise<void>

  /** Those whose deadline is over, committed or not. */
  abstract listOver(limit: number, at: Date): Promise<readonly Upload[]>

  abstract remove(token: string): Promise<void>
}
