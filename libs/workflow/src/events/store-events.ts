import { newEventId } from '@libs/kernel'
import type { EventRenderer } from '../ports/event-renderer.port'
import type { Stores } from '../ports/stores/unit-of-work.port'
import { defaultEventConfig, type DomainEvent, type EventConfig, type StoredEvent } from './event'

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
 * @returns the ways that the events go
 */
export async function storeEvents(
  stores: Stores,
  renderer: EventRenderer,
  announcements: readonly Announcement[],
  at: Date,
): Promise<ReadonlySet<EventConfig['mode']>> {
  if (announcements.length === 0) return new Set()
  const configs = await stores.events.findConfigs([...new Set(announcements.map(({ subAppId }) => subAppId))])
  const entries = announcements.flatMap(({ event, callbackUrl, ...about }) => {
    const config = configs.get(about.subAppId) ?? defaultEventConfig
    if (!isWanted[event.type](config)) return []
    const body = renderer.render(about.dialect, event)
    return [
      { event: { ...about, id: newEventId(at.getTime()), body, createdAt: at }, config: wayTo(config, callbackUrl) },
    ]
  })
  await stores.events.insert(entries)
  return new Set(entries.map(({ config }) => config.mode))
}

/** An address of its own is nothing for those who pull, and nothing where nobody has said that events may be pushed. */
function wayTo(config: EventConfig, callbackUrl: string | undefined): EventConfig {
  if (callbackUrl === undefined || config.mode === 'pull' || config.url === '') return config
  return { ...config, url: callbackUrl }
}
