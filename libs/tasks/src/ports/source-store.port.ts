import type { Readable } from 'node:stream'

export interface StoredSource {
  readonly sizeBytes: number
  readonly sha256: string
}

/** Where the media files are that pictures are taken from. Keys are slash-separated and made of ids only. */
export abstract class SourceStore {
  /** Stores a stream whole or not at all. @throws AppError `storage.full`, `storage.failed`, `request.tooLarge` */
  abstract put(key: string, bytes: Readable, limit?: { readonly maxBytes: number }): Promise<StoredSource>

  /** A local file with the source's bytes, valid while the workspace is. @throws AppError `media.notAccessible` */
  abstract localCopy(key: string, workspace: string, signal: AbortSignal): Promise<string>

  abstract remove(key: string): Promise<void>
}
