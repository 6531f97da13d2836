import type { Clock } from '@libs/kernel'
import type { GrowingFiles } from '../ports/files/growing-files.port'
import type { StoredFiles } from '../ports/stored-files.port'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'
import { partsOf } from './upload'

const batch = 100

/** Forgets uploads that were not committed in time, with their bytes; of the others only that they were announced. */
export class ForgetUploads {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly files: StoredFiles,
    private readonly growing: GrowingFiles,
  ) {}

  /** @returns how many it forgot */
  async execute(): Promise<number> {
    const { uploads } = this.unitOfWork.stores
    const over = await uploads.listOver(batch, new Date(this.clock.nowMs()))
    for (const upload of over) {
      const { media, coverKey, committedAs, token } = upload
      await this.files.removeAll(partsOf(upload))
      const isGrowing = committedAs === undefined && upload.growing !== undefined
      if (isGrowing) await this.growing.remove(media.sourceKey)
      if (committedAs === undefined) await this.files.removeAll(media.sourceKey)
      if (committedAs === undefined && coverKey !== undefined) await this.files.removeAll(coverKey)
      await uploads.remove(token)
    }
    return over.length
  }
}
