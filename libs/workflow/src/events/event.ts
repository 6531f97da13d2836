import type { EventId, RunId, SubAppId } from '@libs/kernel'
import type { Media } from '../media/media'
import type { RunReport } from '../runs/run'
import type { PictureKindName } from '@libs/tasks'

/** A fact for the customer: a run has ended, or (for those who asked) one of its tasks has. */
export interface ProcedureStateChanged {
  readonly type: 'procedureStateChanged'
  readonly report: RunReport<PictureKindName>
  readonly media: Media
}

export type DomainEvent = ProcedureStateChanged

/** An event as it is kept: the bytes are frozen, so that every delivery is the same. */
export interface StoredEvent {
  readonly id: EventId
  readonly subAppId: SubAppId
  readonly runId: RunId
  /** Unique among the events of a run: `finish`, or the id of the task that ended. */
  readonly stateKey: string
  readonly body: string
  readonly createdAt: Date
}

/** How a sub-application is told of events. */
export interface EventConfig {
  readonly mode: 'push' | 'pull'
  /** Where `push` goes; empty: nowhere. */
  readonly url: string
}

/** Until somebody chooses, events wait to be pulled: pushing to no address would lose them. */
export const defaultEventConfig: EventConfig = { mode: 'pull', url: '' }

/** An event handed to a puller, who confirms it by the handle. */
export interface PulledEvent {
  readonly handle: string
  readonly body: string
}

export interface Delivery {
  readonly eventId: EventId
  readonly url: string
  readonly body: string
  /** Counts attempts, this one included; the fencing token of the one that may record its result. */
  readonly attempt: number
}
