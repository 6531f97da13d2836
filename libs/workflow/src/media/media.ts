import type { Fault, MediaId, SubAppId } from '@libs/kernel'
import type { MediaInfo } from '@libs/tasks'

/** `ingesting` until its ingest task has ended; pictures are made of `ready` media only. */
export type MediaState = 'ingesting' | 'ready' | 'failed'

export interface Media {
  readonly id: MediaId
  readonly subAppId: SubAppId
  readonly name: string
  /** File extension as the caller named it, lower case, without the dot; may be empty. */
  readonly extension: string
  readonly sourceKey: string
  readonly sourceUrl: string | undefined
  readonly state: MediaState
  readonly info: MediaInfo | undefined
  readonly fault: Fault | undefined
  /** Artifact key of the picture that the latest cover task made. */
  readonly coverKey: string | undefined
  readonly createdAt: Date
}
