import { assertRoom } from '@libs/kernel'
import { SourceFile } from '@libs/tasks'
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { S3Bucket, S3Object } from './s3-bucket'
import { readingFault } from './s3-fault'

/** A media file in S3: read in ranges, and copied to the workspace only for tools that want the whole of it. */
export class S3File extends SourceFile {
  override readonly isRemote = true
  override readonly sizeBytes: number
  private copying: Promise<string> | undefined

  constructor(
    private readonly bucket: S3Bucket,
    private readonly object: S3Object,
    private readonly workspace: string,
  ) {
    super()
    this.sizeBytes = object.sizeBytes
  }

  /** @throws AppError `media.notAccessible` when the object is gone or another one, `storage.failed`, the signal's */
  override async read(positionBytes: number, lengthBytes: number, signal: AbortSignal): Promise<Buffer> {
    try {
      return await buffer(await this.stream(positionBytes, lengthBytes, signal))
    } catch (thrown) {
      throw readingFault(thrown, signal)
    }
  }

  override localPath(signal: AbortSignal): Promise<string> {
    this.copying ??= this.copy(signal).catch((fault: unknown) => {
      this.copying = undefined
      throw fault
    })
    return this.copying
  }

  /** Every range is asked of the one object that was opened, by its entity tag. */
  override assertUnchanged(): Promise<void> {
    return Promise.resolve()
  }

  private async copy(signal: AbortSignal): Promise<string> {
    const path = join(this.workspace, `${randomUUID()}${extname(this.object.key)}`)
    try {
      await assertRoom(this.workspace, 0, this.sizeBytes)
      const bytes = await this.stream(0, this.sizeBytes, signal)
      await pipeline(bytes, createWriteStream(path, { flags: 'wx' }), { signal })
      return path
    } catch (thrown) {
      await rm(path, { force: true })
      throw readingFault(thrown, signal)
    }
  }

  /** S3 has no word for a range of no bytes. */
  private async stream(positionBytes: number, lengthBytes: number, signal: AbortSignal): Promise<Readable> {
    const wantedBytes = Math.min(lengthBytes, this.sizeBytes - positionBytes)
    return wantedBytes > 0 ? this.bucket.read(this.object, positionBytes, wantedBytes, signal) : Readable.from([])
  }
}
