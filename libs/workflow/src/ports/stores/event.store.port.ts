import type { SubAppId, WebhookId } from '@libs/kernel'
import type { EventConfig, PulledEvent, StoredEvent } from '../../events/event'

export interface EventEntry {
  readonly event: StoredEvent
  readonly config: EventConfig
  /** The webhook that it is pushed to, if it is one: then that one's secret signs it. */
  readonly webhookId?: WebhookId | undefined
}

export abstract class EventStore {
  /** Stores events, each once, with the way it goes to the customer. A second one of the same state is ignored. */
  abstract insert(entries: readonly EventEntry[]): Promise<void>

  abstract findConfig(subAppId: SubAppId): Promise<EventConfig | undefined>

  abstract findConfigs(subAppIds: readonly SubAppId[]): Promise<ReadonlyMap<SubAppId, EventConfig>>

  abstract saveConfig(subAppId: SubAppId, config: EventConfig): Promise<void>

  /** Hides up to `limit` events from other pullers until `visibleAt`, oldest first. */
  abstract pull(subAppId: SubAppId, limit: number, at: Date, visibleAt: Date): Promise<readonly PulledEvent[]>

  /** How many events of a sub-application wait to be confirmed. */
  abstract countToPull(subAppId: SubAppId): Promise<number>

  /** Takes events that came about before a time away from pullers, at most `limit`. @returns how many */
  abstract forgetUnpulled(before: Date, limit: number): Promise<number>

  /** Forgets pulled events whose handles are still valid. @returns the handles it knew */
  abstract confirm(subAppId: SubAppId, handles: readonly string[], at: Date): Promise<readonly string[]>
}
