import type { EventId, MediaId, RunId, SubAppId } from '@libs/kernel'
import type { Media } from '../media/media'
import type { Run, RunReport } from '../runs/run'
import type { PictureKindName } from '@libs/tasks'

/** A fact for the customer: a run has ended, or (for those who asked) one of its tasks has. */
export interface ProcedureStateChanged {
  readonly type: 'procedureStateChanged'
  readonly report: RunReport<PictureKindName>
  readonly media: Media
}

/** A media that its caller has uploaded is ready, or cannot be read. */
export interface MediaUploaded {
  readonly type: 'mediaUploaded'
  /** The run that ingested it. */
  readonly run: Run
  readonly media: Media
}

/** A media that was to be pulled from a URL is ready, or it has failed. */
export interface MediaPulled {
  readonly type: 'mediaPulled'
  /** The run that pulled it. */
  readonly run: Run
  readonly media: Media
}

/** A media is gone, as it was last. */
export interface MediaDeleted {
  readonly type: 'mediaDeleted'
  readonly media: Media
}

export type DomainEvent = ProcedureStateChanged | MediaUploaded | MediaPulled | MediaDeleted

/** An event as it is kept: the bytes are frozen, so that every delivery is the same. */
export interface StoredEvent {
  readonly id: EventId
  readonly subAppId: SubAppId
  /** The vendor's language that it is in. */
  readonly dialect: string
  /** The run or the media that it is about. */
  readonly subjectId: RunId | MediaId
  /** Unique among the events of a subject: `finish`, or the id of the task that ended. */
  readonly stateKey: string
  readonly body: string
  readonly createdAt: Date
}

/** How a sub-application is told of events. */
export interface EventConfig {
  readonly mode: 'push' | 'pull'
  /** Where `push` goes; empty: nowhere. */
  readonly url: string
  /** Whether media that were uploaded are told of; runs and pulls always are. */
  readonly tellsUploads: boolean
  readonly tellsDeletions: boolean
  /** Clips made permanent, which a vendor's clients may ask for; nothing of the kind is made here. */
  readonly tellsPersistence: boolean
  /** Key of a vendor's own signature in the body; empty: no such signature. */
  readonly signKey: string
  /** Key of the Standard Webhooks signature, base64 behind `whsec_`; empty: none was made yet. */
  readonly secret: string
}

/** Until somebody chooses, events wait to be pulled: pushing to no address would lose them. */
export const defaultEventConfig: EventConfig = {
  mode: 'pull',
  url: '',
  tellsUploads: false,
  tellsDeletions: false,
  tellsPersistence: false,
  signKey: '',
  secret: '',
}

/** An event handed to a puller, who confirms it by the handle. */
export interface PulledEvent {
  readonly handle: string
  readonly body: string
}
