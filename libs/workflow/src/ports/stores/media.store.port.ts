import type { Fault, MediaId, SubAppId } from '@libs/kernel'
import type { MediaInfo } from '@libs/tasks'
import type { Media } from '../../media/media'

/** An artifact that is the cover of a media from now on. */
export interface Cover {
  readonly mediaId: MediaId
  readonly key: string
}

export abstract class MediaStore {
  abstract insert(media: Media): Promise<void>

  abstract find(subAppId: SubAppId, id: MediaId): Promise<Media | undefined>

  /** As `find`, and holds off a change of its state until the transaction ends. */
  abstract findForRun(subAppId: SubAppId, id: MediaId): Promise<Media | undefined>

  abstract becomeReady(id: MediaId, info: MediaInfo): Promise<void>

  abstract becomeFailed(id: MediaId, fault: Fault): Promise<void>

  /** Where a media comes twice, the later one counts. */
  abstract setCovers(covers: readonly Cover[]): Promise<void>
}
