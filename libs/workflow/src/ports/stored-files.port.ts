import type { Readable } from 'node:stream'

/** A stored file as a door hands it out; its bytes never change. */
export interface StoredFile {
  readonly sizeBytes: number
  readonly modifiedAt: Date
  /** Strong, in quotes, as HTTP has it. */
  readonly entityTag: string
  /** Streams a part of it, at least one byte and none beyond the end. @throws AppError `media.notAccessible`, `storage.failed` */
  read(positionBytes: number, lengthBytes: number): Promise<Readable>
  /** A URL where the storage itself hands it out until then; absent where only we do. @throws AppError `storage.failed` */
  urlUntil?(until: Date): Promise<string>
}

export interface ListedFile {
  readonly key: string
  readonly sizeBytes: number
  readonly modifiedAt: Date
}

/** Sources and artifacts for whoever holds their URL. */
export abstract class StoredFiles {
  /**
   * The file of a key that may come from anywhere; undefined unless it is there and may be served.
   * @throws AppError `storage.failed` when the storage cannot tell
   */
  abstract find(key: string): Promise<StoredFile | undefined>

  /**
   * Stores some files, one behind the other, under another key, whole or not at all; a storage that can copies them itself.
   * @throws AppError `storage.full`, `storage.failed` when one is not there too
   */
  abstract join(keys: readonly string[], key: string): Promise<void>

  /**
   * Removes whatever is under a key, and under keys that begin with it and a slash.
   * @throws AppError `storage.failed`
   */
  abstract removeAll(key: string): Promise<void>

  /**
   * All files under a key, those of a folder one after the other. What comes or goes meanwhile may be among them.
   * @throws AppError `storage.failed`
   */
  abstract list(key: string): AsyncIterable<ListedFile>
}
