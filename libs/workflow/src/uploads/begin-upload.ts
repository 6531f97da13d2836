import { type Clock, newMediaId, type SubAppId } from '@libs/kernel'
import type { SourceName } from '../media/source-name'
import { newSourceKey } from '../media/source-key'
import type { GrowingFiles } from '../ports/files/growing-files.port'
import type { SubAppWork } from '../ports/stores/unit-of-work.port'
import { assertRunnable } from './assert-runnable'
import { deadlineOf, type GrowingUpload, type Upload, type UploadProcedure } from './upload'

export interface BeginUploadCommand {
  readonly subAppId: SubAppId
  /** As `newUploadToken` makes them. */
  readonly token: string
  readonly source: SourceName
  readonly growing: GrowingUpload
  readonly procedure: UploadProcedure | undefined
}

/** Begins an upload that comes piece by piece. */
export class BeginUpload {
  constructor(
    private readonly work: SubAppWork,
    private readonly clock: Clock,
    private readonly files: GrowingFiles,
  ) {}

  /** @throws AppError `procedure.notFound`, `template.notFound`, `queue.notFound`, `storage.full`, `storage.failed` */
  async execute({ subAppId, token, source, growing, procedure }: BeginUploadCommand): Promise<Upload> {
    const createdAt = new Date(this.clock.nowMs())
    const id = newMediaId(createdAt.getTime())
    const sourceKey = newSourceKey(subAppId, id, source.extension)
    const upload: Upload = {
      token,
      subAppId,
      media: { ...source, id, subAppId, sourceKey, sourceContext: '' },
      coverKey: undefined,
      procedure,
      dialect: procedure?.dialect ?? '',
      createdAt,
      deadline: deadlineOf(createdAt),
      committedAs: undefined,
      growing,
    }
    await this.work.run(subAppId, async (stores) => {
      if (procedure !== undefined) await assertRunnable(stores, subAppId, procedure)
      // Before its bytes: whatever happens in between, they are forgotten with it.
      await stores.uploads.insert(upload)
    })
    await this.files.begin({ key: sourceKey, sizeBytes: growing.sizeBytes })
    return upload
  }
}
