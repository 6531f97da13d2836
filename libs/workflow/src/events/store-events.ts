import { newEventId } from '@libs/kernel'
import type { EventEntry } from '../ports/stores/event.store.port'
import type { EventRenderer } from '../ports/event-renderer.port'
import type { Stores } from '../ports/stores/unit-of-work.port'
import { defaultEventConfig, type DomainEvent, type EventConfig, type StoredEvent } from './event'
import { wants, type Webhook } from './webhooks/webhook'

/** A fact, with what it is kept under. */
export interface Announcement extends Pick<StoredEvent, 'subAppId' | 'dialect' | 'subjectId' | 'stateKey'> {
  readonly event: DomainEvent
  /** Where to tell it in place of the sub-application's address. */
  readonly callbackUrl?: string | undefined
}

/** Runs and pulls were asked for, so their ends are always told. */
const isWanted: Readonly<Record<DomainEvent['type'], (config: EventConfig) => boolean>> = {
  procedureStateChanged: () => true,
  mediaPulled: () => true,
  mediaUploaded: ({ tellsUploads }) => tellsUploads,
  mediaDeleted: ({ tellsDeletions }) => tellsDeletions,
}

/**
 * Stores events, their bytes frozen, in the transaction of `stores`, which made them true; those that nobody wants are left out.
 * One that goes to several places is an event for each, so that each is delivered by itself.
 * @returns the ways that the events go
 */
export async function storeEvents(
  stores: Stores,
  renderer: EventRenderer,
  announcements: readonly Announcement[],
  at: Date,
): Promise<ReadonlySet<EventConfig['mode']>> {
  if (announcements.length === 0) return new Set()
  const subAppIds = [...new Set(announcements.map(({ subAppId }) => subAppId))]
  const configs = await stores.events.findConfigs(subAppIds)
  const webhooks = await stores.webhooks.keepAll(subAppIds)
  const entries = announcements.flatMap(({ event, callbackUrl, ...about }): readonly EventEntry[] => {
    const config = configs.get(about.subAppId) ?? defaultEventConfig
    const wishes = webhooks.filter((webhook) => webhook.subAppId === about.subAppId && wants(webhook, event.type))
    const isWantedThere = isWanted[event.type](config)
    if (!isWantedThere && wishes.length === 0) return []
    const body = renderer.render(about.dialect, event)
    const told = () => ({ ...about, id: newEventId(at.getTime()), body, createdAt: at })
    const there = isWantedThere ? [{ event: told(), config: wayTo(config, callbackUrl) }] : []
    return [...there, ...wishes.map((webhook) => pushedTo(webhook, told()))]
  })
  await stores.events.insert(entries)
  return new Set(entries.map(({ config }) => config.mode))
}

/** An address of its own is nothing for those who pull, and nothing where nobody has said that events may be pushed. */
function wayTo(config: EventConfig, callbackUrl: string | undefined): EventConfig {
  if (callbackUrl === undefined || config.mode === 'pull' || config.url === '') return config
  return { ...config, url: callbackUrl }
}

function pushedTo({ id, url }: Webhook, event: StoredEvent): EventEntry {
  return {
    event: { ...event, stateKey: `${event.stateKey} ${id}` },
    config: { ...defaultEventConfig, mode: 'push', url },
    webhookId: id,
  }
}
