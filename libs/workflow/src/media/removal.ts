import type { Media } from './media'

/** What may be deleted of a media while the rest stays: its source, with a cover that came along, or a cover that was made. */
export type MediaPart = 'source' | 'madeCover'

/** A deletion whose files are still to be removed. */
export interface Removal {
  /** As it was last. */
  readonly media: Media
  /** Undefined: all of it. */
  readonly parts: readonly MediaPart[] | undefined
  /** The vendor's language that it is told in. */
  readonly dialect: string
}
