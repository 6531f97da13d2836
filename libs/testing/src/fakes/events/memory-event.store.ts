import { randomInt } from 'node:crypto'
import type { SubAppId } from '@libs/kernel'
import { type EventConfig, type EventEntry, EventStore, type PulledEvent, type StoredEvent } from '@libs/workflow'
import type { MemoryTables } from '../memory-tables'

function newHandle(): string {
  return `1${String(randomInt(1e9)).padStart(9, '0')}${String(randomInt(1e9)).padStart(9, '0')}`
}

function byAge(a: StoredEvent, b: StoredEvent): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1)
}

export class MemoryEventStore extends EventStore {
  constructor(private readonly tables: MemoryTables) {
    super()
  }

  override async insert(entries: readonly EventEntry[]): Promise<void> {
    for (const entry of entries) this.insertOne(entry)
  }

  override async findConfigs(subAppIds: readonly SubAppId[]): Promise<ReadonlyMap<SubAppId, EventConfig>> {
    return new Map([...this.tables.eventConfigs].filter(([subAppId]) => subAppIds.includes(subAppId)))
  }

  override async findConfig(subAppId: SubAppId): Promise<EventConfig | undefined> {
    return this.tables.eventConfigs.get(subAppId)
  }

  override async saveConfig(subAppId: SubAppId, config: EventConfig): Promise<void> {
    this.tables.eventConfigs.set(subAppId, config)
  }

  override async pull(subAppId: SubAppId, limit: number, at: Date, visibleAt: Date): Promise<readonly PulledEvent[]> {
    const visible = [...this.tables.events.values()].filter((event) => {
      const row = this.tables.pulls.get(event.id)
      return event.subAppId === subAppId && row !== undefined && row.visibleAt <= at
    })
    const taken = visible.sort(byAge).slice(0, limit)
    return taken.map(({ id, body }) => {
      const handle = newHandle()
      this.tables.pulls.set(id, { handle, visibleAt })
      return { handle, body }
    })
  }

  override async countToPull(subAppId: SubAppId): Promise<number> {
    return [...this.tables.pulls.keys()].filter((id) => this.tables.events.get(id)?.subAppId === subAppId).length
  }

  override async forgetUnpulled(before: Date, limit: number): Promise<number> {
    const old = [...this.tables.events.values()].filter(
      ({ id, createdAt }) => createdAt < before && this.tables.pulls.has(id),
    )
    const taken = old.sort(byAge).slice(0, limit)
    for (const { id } of taken) this.tables.pulls.delete(id)
    return taken.length
  }

  override async confirm(subAppId: SubAppId, handles: readonly string[], at: Date): Promise<readonly string[]> {
    return [...this.tables.pulls].flatMap(([id, { handle, visibleAt }]) => {
      const isTheirs = this.tables.events.get(id)?.subAppId === subAppId
      if (!isTheirs || !handles.includes(handle) || visibleAt <= at) return []
      this.tables.pulls.delete(id)
      return [handle]
    })
  }

  private insertOne({ event, config: { mode, url }, webhookId }: EventEntry): void {
    const isKnown = [...this.tables.events.values()].some(
      ({ subjectId, stateKey }) => subjectId === event.subjectId && stateKey === event.stateKey,
    )
    if (isKnown) return
    this.tables.events.set(event.id, event)
    if (mode === 'pull') this.tables.pulls.set(event.id, { handle: '', visibleAt: event.createdAt })
    else if (url !== '') {
      const { id: eventId, subAppId, createdAt: dueAt } = event
      const untried = { attempt: 0, token: 0, lastStatus: null, lastReason: null, deliveredAt: null }
      this.tables.deliveries.set(eventId, { eventId, subAppId, url, state: 'pending', dueAt, webhookId, ...untried })
    }
  }
}
