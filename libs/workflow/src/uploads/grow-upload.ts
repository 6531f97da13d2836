import { AppError, type Clock, type SubAppId } from '@libs/kernel'
import type { Readable } from 'node:stream'
import type { GrowingFiles } from '../ports/files/growing-files.port'
import type { SubAppWork } from '../ports/stores/unit-of-work.port'
import type { CommitUpload } from './commit-upload'
import type { GrowingUpload, Upload } from './upload'

/** An upload that comes piece by piece, and how much of it there is. */
export interface GrowingState {
  readonly upload: Upload
  readonly growing: GrowingUpload
  readonly offsetBytes: number
}

/** Takes the pieces of uploads, each where the last one ended. Whoever calls has the upload in hand. */
export class GrowUpload {
  constructor(
    private readonly work: SubAppWork,
    private readonly clock: Clock,
    private readonly files: GrowingFiles,
    private readonly commitUpload: CommitUpload,
  ) {}

  /**
   * How far an upload is. One that is whole is a media when this returns, even where the request that made it whole
   * was broken off.
   * @throws AppError `upload.notFound`, `storage.failed`, as `CommitUpload`
   */
  async find(subAppId: SubAppId, token: string): Promise<GrowingState> {
    const state = await this.look(subAppId, token)
    if (isWhole(state) && state.upload.committedAs === undefined) await this.commitUpload.execute(subAppId, token)
    return state
  }

  /** @returns how much there is then. @throws AppError `upload.notFound`, `storage.full`, `storage.failed` */
  async append(subAppId: SubAppId, token: string, atBytes: number, bytes: Readable): Promise<number> {
    const state = await this.look(subAppId, token)
    if (state.offsetBytes !== atBytes) {
      throw new AppError('upload.wrongOffset', `There are ${state.offsetBytes} bytes of this upload.`)
    }
    if (isWhole(state)) return atBytes
    const { sizeBytes } = state.growing
    return this.files.append({ key: state.upload.media.sourceKey, sizeBytes }, atBytes, bytes)
  }

  /** Notes how long it will be, where that was not said. @throws AppError `upload.notFound`, `storage.failed` */
  async declareSize(subAppId: SubAppId, token: string, sizeBytes: number): Promise<void> {
    const { upload } = await this.look(subAppId, token)
    await this.files.declare(upload.media.sourceKey, sizeBytes)
    await this.work.run(subAppId, ({ uploads }) => uploads.declareSize(token, sizeBytes))
  }

  /** Gives one up that is not a media yet, with what has come of it. @throws AppError `upload.notFound`, `storage.failed` */
  async remove(subAppId: SubAppId, token: string): Promise<void> {
    const { upload } = await this.look(subAppId, token)
    if (upload.committedAs !== undefined) throw notFound()
    await this.files.remove(upload.media.sourceKey)
    await this.work.run(subAppId, ({ uploads }) => uploads.remove(token))
  }

  private async look(subAppId: SubAppId, token: string): Promise<GrowingState> {
    const upload = await this.work.run(subAppId, ({ uploads }) => uploads.find(token))
    const growing = upload?.growing
    if (upload?.subAppId !== subAppId || growing === undefined) throw notFound()
    if (upload.deadline.getTime() <= this.clock.nowMs()) throw notFound()
    const { committedAs, media } = upload
    const offsetBytes = committedAs === undefined ? await this.files.sizeOf(media.sourceKey) : growing.sizeBytes
    if (offsetBytes === undefined) throw notFound()
    return { upload, growing, offsetBytes }
  }
}

function isWhole({ growing, offsetBytes }: GrowingState): boolean {
  return growing.sizeBytes === offsetBytes
}

function notFound(): AppError {
  return new AppError('upload.notFound', 'There is no such upload, or it is over.')
}
