import { type Clock, newMediaId, type SubAppId } from '@libs/kernel'
import { coverKeyOf } from '../media/cover-file'
import { newSourceKey } from '../media/source-key'
import type { SubAppWork } from '../ports/stores/unit-of-work.port'
import type { LentCredentials, UploadUrls } from '../ports/files/upload-urls.port'
import { assertRunnable } from './assert-runnable'
import { deadlineOf, newUploadToken, type Upload, type UploadProcedure } from './upload'

export interface ApplyUploadCommand {
  readonly subAppId: SubAppId
  readonly name: string
  readonly extension: string
  /** `jpg`, `png` or `gif`, when a cover is to come along. */
  readonly coverExtension: string | undefined
  readonly sourceContext: string
  /** When the media is deleted by itself. */
  readonly expiresAt: Date | undefined
  readonly procedure: UploadProcedure | undefined
  readonly dialect: string
}

/** An upload with where its bytes can be brought. */
export interface AppliedUpload {
  readonly upload: Upload
  /** The storage's own doors; undefined: ours. */
  readonly putUrl: string | undefined
  readonly coverPutUrl: string | undefined
  readonly credentials: LentCredentials | undefined
  readonly place: UploadUrls['place']
}

/** Announces an upload, whose bytes come next. */
export class ApplyUpload {
  constructor(
    private readonly work: SubAppWork,
    private readonly clock: Clock,
    private readonly urls: UploadUrls,
  ) {}

  /** @throws AppError `procedure.notFound`, `template.notFound`, `storage.failed` */
  async execute(command: ApplyUploadCommand): Promise<AppliedUpload> {
    const { subAppId, procedure, dialect, coverExtension, ...about } = command
    if (procedure !== undefined) await this.work.run(subAppId, (stores) => assertRunnable(stores, subAppId, procedure))
    const createdAt = new Date(this.clock.nowMs())
    const id = newMediaId(createdAt.getTime())
    const upload: Upload = {
      token: newUploadToken(),
      subAppId,
      media: { ...about, id, subAppId, sourceKey: newSourceKey(subAppId, id, about.extension) },
      coverKey: coverExtension && coverKeyOf(subAppId, id, coverExtension),
      procedure,
      dialect,
      createdAt,
      deadline: deadlineOf(createdAt),
      committedAs: undefined,
    }
    const { sourceKey } = upload.media
    const putUrl = await this.urls.putUrlOf(sourceKey, upload.deadline)
    const coverPutUrl = upload.coverKey && (await this.urls.putUrlOf(upload.coverKey, upload.deadline))
    const credentials = await this.urls.lend(sourceKey, upload.deadline)
    await this.work.run(subAppId, ({ uploads }) => uploads.insert(upload))
    return { upload, putUrl, coverPutUrl, credentials, place: this.urls.place }
  }
}
