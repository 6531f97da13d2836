import { type AppError, type SubAppId, toAppError } from '@libs/kernel'
import { type GrowingState, type GrowUpload, uploadOpenForMs } from '@libs/workflow'
import type { DataStore, Upload } from '@tus/server'
import { EventEmitter } from 'node:events'
import type { Readable } from 'node:stream'

/** Uploads of one sub-application as the server of tus asks for them, for one request. */
export class GrowingStore extends EventEmitter implements DataStore {
  readonly extensions = ['creation', 'creation-with-upload', 'creation-defer-length', 'termination', 'expiration']
  /** The upload that was asked for. */
  found: GrowingState | undefined
  /** When nothing is written any more: the server does not wait for it where too much comes. */
  written: Promise<void> = Promise.resolve()
  /** Why it could not be written: the server only sees that somebody stopped reading. */
  fault: AppError | undefined

  constructor(
    private readonly growUpload: GrowUpload,
    private readonly subAppId: SubAppId,
  ) {
    super()
  }

  hasExtension(extension: string): boolean {
    return this.extensions.includes(extension)
  }

  /** It was begun when the server had checked what is asked. */
  async create(upload: Upload): Promise<Upload> {
    return upload
  }

  async getUpload(token: string): Promise<Upload> {
    this.found = await this.growUpload.find(this.subAppId, token)
    const { upload, growing, offsetBytes } = this.found
    return {
      id: token,
      size: growing.sizeBytes,
      sizeIsDeferred: growing.sizeBytes === undefined,
      offset: offsetBytes,
      // The door tells it as it was written, which the server would only tell by and large.
      metadata: undefined,
      creation_date: upload.createdAt.toISOString(),
      storage: undefined,
    }
  }

  async write(bytes: Readable, token: string, atBytes: number): Promise<number> {
    const writing = this.growUpload.append(this.subAppId, token, atBytes, bytes)
    this.written = writing.then(
      () => undefined,
      (thrown: unknown) => void (this.fault = toAppError(thrown)),
    )
    return writing
  }

  async declareUploadLength(token: string, sizeBytes: number): Promise<void> {
    await this.growUpload.declareSize(this.subAppId, token, sizeBytes)
  }

  async remove(token: string): Promise<void> {
    await this.growUpload.remove(this.subAppId, token)
  }

  /** How long an upload may take, in milliseconds. */
  getExpiration(): number {
    return uploadOpenForMs
  }

  /** The conductor forgets them. */
  async deleteExpired(): Promise<number> {
    return 0
  }
}
