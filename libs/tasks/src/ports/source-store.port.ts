import type { Readable } from 'node:stream'
import type { SourceFile } from './source-file.port'

export interface StoredSource {
  readonly sizeBytes: number
  readonly sha256: string
}

export interface SourceLimits {
  readonly maxBytes?: number
  /** How much whoever sends says that it is. */
  readonly announcedBytes?: number | undefined
}

/** Where the media files are that pictures are taken from. Keys are slash-separated and made of ids only. */
export abstract class SourceStore {
  /**
   * Stores a stream whole or not at all; what there is no room for is refused before any of it is taken.
   * @throws AppError `storage.full`, `storage.failed`, `request.tooLarge`
   */
  abstract put(key: string, bytes: Readable, limits?: SourceLimits): Promise<StoredSource>

  /**
   * Stores the file that a URL leads to without fetching its bytes, where the store has signed that URL itself.
   * @returns whether it did; where not, the URL is left to be fetched, and says what is wrong with it
   */
  abstract copy(key: string, url: string, limits: SourceLimits, signal: AbortSignal): Promise<boolean>

  /** @param workspace folder that local copies go to; the file is valid while it is. @throws AppError `media.notAccessible` */
  abstract open(key: string, workspace: string, signal: AbortSignal): Promise<SourceFile>

  abstract remove(key: string): Promise<void>
}
