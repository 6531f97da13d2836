import type { SourceStore } from '@libs/tasks'
import { newSourceKey, type RegisterMedia, sourceNameOf } from '@libs/workflow'
import type { IncomingMessage } from 'node:http'
import type { StorageEngine } from 'multer'
import { admittedOf } from '../caller'
import { announcedBytes } from '../uploads/announced-bytes'

type Handled = Parameters<StorageEngine['_handleFile']>[2]
type UploadedFile = Express.Multer.File

/** Streams an uploaded file into the source store under the key of its media to be: nothing is held in memory. */
export class SourceUpload implements StorageEngine {
  constructor(
    private readonly sources: SourceStore,
    private readonly registerMedia: RegisterMedia,
  ) {}

  /** Leaves the media's id as `filename` and the source's key as `path`. */
  _handleFile(request: IncomingMessage, { stream, originalname }: UploadedFile, handled: Handled): void {
    const filename = this.registerMedia.nextId()
    const path = newSourceKey(admittedOf(request).subAppId, filename, sourceNameOf(originalname).extension)
    this.sources.put(path, stream, { announcedBytes: announcedBytes(request) }).then(
      ({ sizeBytes }) => handled(null, { filename, path, size: sizeBytes }),
      (thrown: unknown) => handled(thrown),
    )
  }

  _removeFile(_request: IncomingMessage, { path }: UploadedFile, removed: (error: Error | null) => void): void {
    this.sources.remove(path).then(
      () => removed(null),
      (thrown: unknown) => removed(thrown instanceof Error ? thrown : new Error(String(thrown))),
    )
  }
}
