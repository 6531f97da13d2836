import { AppError, type Clock, type MediaId, type SubAppId } from '@libs/kernel'
import type { Doorbell } from '../ports/doorbell.port'
import type { SubAppStores, SubAppWork } from '../ports/stores/unit-of-work.port'
import { givenCoversOf } from './cover-file'
import type { Media } from './media'
import type { MediaPart, Removal } from './removal'

/** From the moment on that the call returns nobody sees what was deleted; its files go soon after. */
export class DeleteMedia {
  constructor(
    private readonly work: SubAppWork,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
  ) {}

  /**
   * Runs of a media that is deleted whole are aborted, and told of as always.
   * @param parts undefined: all of it
   * @throws AppError `media.notFound`
   */
  async execute(
    subAppId: SubAppId,
    id: MediaId,
    { parts, dialect }: Pick<Removal, 'parts' | 'dialect'>,
  ): Promise<void> {
    const at = new Date(this.clock.nowMs())
    await this.work.run(subAppId, async (stores) => {
      const media = await stores.media.findForChange(subAppId, id)
      if (media === undefined) throw new AppError('media.notFound', `There is no media "${id}".`, { field: 'mediaId' })
      if (parts === undefined) await deleteWhole(stores, media, dialect, at)
      else await deleteParts(stores, media, parts, dialect, at)
    })
    this.doorbell.ring('aborts')
  }
}

/** In the transaction of `stores`, with the media locked. */
export async function deleteWhole(stores: SubAppStores, media: Media, dialect: string, at: Date): Promise<void> {
  await stores.media.insertRemoval({ media, parts: undefined, dialect }, at)
  await stores.media.markDeleted(media.id, at)
  await stores.runs.askAbortOfMedia(media.id, at)
}

async function deleteParts(
  stores: SubAppStores,
  media: Media,
  parts: readonly MediaPart[],
  dialect: string,
  at: Date,
): Promise<void> {
  if (parts.length === 0) return
  const wasGiven = media.coverKey?.startsWith(`${givenCoversOf(media.subAppId, media.id)}/`) === true
  const losesCover = parts.includes(wasGiven ? 'source' : 'madeCover')
  if (losesCover) await stores.media.change(media.id, { coverKey: undefined }, at)
  await stores.media.insertRemoval({ media, parts, dialect }, at)
}
