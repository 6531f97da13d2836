import { AppError, type MediaId, type SubAppId } from '@libs/kernel'
import type { RegisterMedia } from '../media/register-media'
import type { GrowingFiles } from '../ports/files/growing-files.port'
import type { StoredFiles } from '../ports/stored-files.port'
import type { SubAppWork } from '../ports/stores/unit-of-work.port'
import { mostParts } from './receive-upload'
import { type GrowingUpload, partKey, partsOf, type Upload } from './upload'

export interface CommittedUpload {
  readonly mediaId: MediaId
  readonly sourceKey: string
  readonly coverKey: string | undefined
}

/** Makes a media of an upload whose bytes are there, and has its procedure run. Again, it says the same. */
export class CommitUpload {
  constructor(
    private readonly work: SubAppWork,
    private readonly registerMedia: RegisterMedia,
    private readonly files: StoredFiles,
    private readonly growing: GrowingFiles,
  ) {}

  /** @throws AppError `upload.notFound`, `upload.noBytes`, `procedure.notFound`, `template.notFound`, `storage.*` */
  async execute(subAppId: SubAppId, token: string): Promise<CommittedUpload> {
    const upload = await this.work.run(subAppId, ({ uploads }) => uploads.find(token))
    if (upload?.subAppId !== subAppId) {
      throw new AppError('upload.notFound', 'There is no such upload, or it is over.', { field: 'token' })
    }
    const coverKey = upload.coverKey && (await this.files.find(upload.coverKey)) ? upload.coverKey : undefined
    if (upload.committedAs === undefined) await this.commit(upload, coverKey)
    const { id, sourceKey } = upload.media
    return { mediaId: id, sourceKey, coverKey }
  }

  private async commit(upload: Upload, coverKey: string | undefined): Promise<void> {
    const { media, procedure, dialect, token } = upload
    if (upload.growing !== undefined) await this.finish(media.sourceKey, upload.growing)
    else if ((await this.files.find(media.sourceKey)) === undefined) await this.join(upload)
    try {
      await this.registerMedia.execute({
        media: { ...media, url: undefined, coverKey },
        procedure: procedure && { ...procedure, session: undefined },
        about: { dialect, uploadToken: token },
      })
    } catch (thrown) {
      const now = await this.work.run(media.subAppId, ({ uploads }) => uploads.find(token))
      if (now?.committedAs === undefined) throw thrown
    }
    await this.files.removeAll(partsOf(upload))
  }

  /** @throws AppError `upload.noBytes` when it is not whole */
  private async finish(key: string, { sizeBytes }: GrowingUpload): Promise<void> {
    if (sizeBytes === undefined || (await this.growing.sizeOf(key)) !== sizeBytes) {
      throw new AppError('upload.noBytes', 'Not all bytes have come.', { field: 'token' })
    }
    await this.growing.finish(key)
  }

  /** @throws AppError `upload.noBytes` when nothing came, or a part is missing */
  private async join(upload: Upload): Promise<void> {
    const count = await this.countParts(upload)
    if (count === 0)
      throw new AppError('upload.noBytes', 'No bytes have come, or part 1 is missing.', { field: 'token' })
    const keys = Array.from({ length: count }, (_, index) => partKey(upload, index + 1))
    await this.files.join(keys, upload.media.sourceKey)
  }

  private async countParts(upload: Upload): Promise<number> {
    let count = 0
    while (count < mostParts && (await this.files.find(partKey(upload, count + 1))) !== undefined) count += 1
    return count
  }
}
