import type { Readable } from 'node:stream'

/** A file that is on its way. */
export interface GrowingFile {
  /** Under which it is stored once it is whole. */
  readonly key: string
  /** How long it will be; undefined until that is known. */
  readonly sizeBytes: number | undefined
}

/** Files that come piece by piece, each where the last one ended; what has come stays until it is whole or removed. */
export abstract class GrowingFiles {
  /** Begins with nothing. @throws AppError `storage.full`, `storage.failed` */
  abstract begin(file: GrowingFile): Promise<void>

  /** How much of it there is, when it is finished too; undefined when it was not begun. @throws AppError `storage.failed` */
  abstract sizeOf(key: string): Promise<number | undefined>

  /** Notes how long it will be, where that was not known. @throws AppError `storage.failed` */
  abstract declare(key: string, sizeBytes: number): Promise<void>

  /**
   * Puts what comes behind what is there, up to where the stream ends.
   * @param atBytes how much there is
   * @returns how much there is then
   * @throws AppError `storage.full`, `storage.failed`; the stream's own fault; what came before stays
   */
  abstract append(file: GrowingFile, atBytes: number, bytes: Readable): Promise<number>

  /** Makes it the stored file of its key; again, it does nothing. @throws AppError `storage.failed` */
  abstract finish(key: string): Promise<void>

  /** Removes what has come of it, unless it is finished. @throws AppError `storage.failed` */
  abstract remove(key: string): Promise<void>
}
