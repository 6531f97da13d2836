import type { Fault, MediaId, SubAppId } from '@libs/kernel'
import type { MediaInfo } from '@libs/tasks'
import type { Removal } from '../../media/removal'
import type { Media, MediaFields } from '../../media/media'
import type { Page, PageRequest } from '../../page'

/** An artifact that is the cover of a media from now on. */
export interface Cover {
  readonly mediaId: MediaId
  readonly key: string
}

/** From `after` on and before `before`. */
export interface TimeSpan {
  readonly after?: Date | undefined
  readonly before?: Date | undefined
}

/** Media of which all that is given is true; within a list, one of it. Texts match whatever their case is. */
export interface MediaQuery extends PageRequest {
  readonly ids?: readonly MediaId[] | undefined
  /** Parts of the name. */
  readonly names?: readonly string[] | undefined
  readonly namePrefixes?: readonly string[] | undefined
  /** Parts of the description. */
  readonly descriptions?: readonly string[] | undefined
  readonly tags?: readonly string[] | undefined
  readonly extensions?: readonly string[] | undefined
  readonly categories?: readonly ('video' | 'audio')[] | undefined
  readonly createdAt?: TimeSpan | undefined
  readonly expiresAt?: TimeSpan | undefined
  /** By time of creation. */
  readonly order: 'ascending' | 'descending'
}

/** How many media a search counts at most. */
export const mostCounted = 5_000

export interface ClaimedRemoval extends Removal {
  readonly id: string
  /** Whether it was carried out once, and told of. */
  readonly isSecondLook: boolean
  /** Just these, of which nobody is told; undefined: what `parts` says. */
  readonly keys?: readonly string[] | undefined
}

/** Media that were deleted are not found, and stay for the runs that were made of them. */
export abstract class MediaStore {
  abstract insert(media: Media): Promise<void>

  abstract find(subAppId: SubAppId, id: MediaId): Promise<Media | undefined>

  abstract findMany(subAppId: SubAppId, ids: readonly MediaId[]): Promise<readonly Media[]>

  /** A media of a run, even one that was deleted. */
  abstract findOfRun(id: MediaId): Promise<Media | undefined>

  /** As `find`, and holds off a change of its state until the transaction ends. */
  abstract findForRun(subAppId: SubAppId, id: MediaId): Promise<Media | undefined>

  /** As `findForRun`, by the caller's own id. */
  abstract findByReference(subAppId: SubAppId, reference: string): Promise<Media | undefined>

  /** As `find`, and holds off any other change until the transaction ends. */
  abstract findForChange(subAppId: SubAppId, id: MediaId): Promise<Media | undefined>

  /** @returns a page, whose `totalCount` is at most `mostCounted` */
  abstract search(subAppId: SubAppId, query: MediaQuery): Promise<Page<Media>>

  /** @throws AppError `request.invalidValue` when another media has the reference */
  abstract change(id: MediaId, fields: Partial<MediaFields>, at: Date): Promise<void>

  abstract becomeReady(id: MediaId, info: MediaInfo): Promise<void>

  abstract becomeFailed(id: MediaId, fault: Fault): Promise<void>

  /** Where a media comes twice, the later one counts. */
  abstract setCovers(covers: readonly Cover[]): Promise<void>

  abstract markDeleted(id: MediaId, at: Date): Promise<void>

  /** Media whose time has come, locked until the transaction ends. */
  abstract lockExpired(limit: number, at: Date): Promise<readonly Media[]>

  abstract insertRemoval(removal: Removal, at: Date): Promise<void>

  /** Removals that are due; they are due again at `againAt`, unless they are ended before. */
  abstract claimRemovals(limit: number, at: Date, againAt: Date): Promise<readonly ClaimedRemoval[]>

  abstract lookAgain(removalId: string, at: Date): Promise<void>

  abstract endRemoval(removalId: string): Promise<void>
}
