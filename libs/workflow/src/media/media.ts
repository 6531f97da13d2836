import { AppError, type Fault, type MediaId, type SubAppId } from '@libs/kernel'
import type { MediaInfo } from '@libs/tasks'

/** `ingesting` until its ingest task has ended; pictures are made of `ready` media only. */
export type MediaState = 'ingesting' | 'ready' | 'failed'

/** A note at a time of a media. */
export interface MediaMark {
  readonly atMs: number
  readonly text: string
}

export interface Media {
  readonly id: MediaId
  readonly subAppId: SubAppId
  readonly name: string
  readonly description: string
  /** File extension as the caller named it, lower case, without the dot; may be empty. */
  readonly extension: string
  readonly sourceKey: string
  readonly sourceUrl: string | undefined
  /** The caller's own id of it, which no other media of the sub-application has. */
  readonly reference?: string | undefined
  /** What its uploader wants to hear again. */
  readonly sourceContext: string
  readonly state: MediaState
  readonly info: MediaInfo | undefined
  readonly fault: Fault | undefined
  /** Key of its cover: the picture that the latest cover task made, or one that was given. */
  readonly coverKey: string | undefined
  readonly tags: readonly string[]
  /** By ascending time, one at a time. */
  readonly marks: readonly MediaMark[]
  readonly createdAt: Date
  readonly updatedAt: Date
  /** When it is deleted by itself; undefined: never. */
  readonly expiresAt: Date | undefined
}

/** What a store says when another media of the sub-application has a reference. */
export function referenceTaken(): AppError {
  return new AppError('request.invalidValue', 'Another media has this reference.', { field: 'reference' })
}

/** What callers may change of a media. */
export type MediaFields = Pick<
  Media,
  'name' | 'description' | 'reference' | 'coverKey' | 'tags' | 'marks' | 'expiresAt'
>

/** A source whose bytes are stored under its key, or that is to be fetched from a URL. */
export interface NewMedia {
  readonly id: MediaId
  readonly subAppId: SubAppId
  readonly name: string
  readonly extension: string
  readonly sourceKey: string
  readonly url: string | undefined
  readonly sourceContext?: string
  readonly expiresAt?: Date | undefined
  readonly coverKey?: string | undefined
}
