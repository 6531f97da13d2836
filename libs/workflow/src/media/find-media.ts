import { AppError, type MediaId, type SubAppId } from '@libs/kernel'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'
import type { Media } from './media'

export class FindMedia {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws AppError `media.notFound` */
  async execute(subAppId: SubAppId, id: MediaId): Promise<Media> {
    const media = await this.unitOfWork.stores.media.find(subAppId, id)
    if (media !== undefined) return media
    throw new AppError('media.notFound', `There is no media "${id}".`, { field: 'mediaId' })
  }
}
