import type { EventId, SubAppId } from '@libs/kernel'
import {
  type ClaimLimits,
  type Delivery,
  type DeliveryBacklog,
  type DeliveryFailure,
  type DeliveryPage,
  type DeliveryRecord,
  DeliveryStore,
  type Endpoint,
  freshEndpoint,
} from '@libs/workflow'
import type { DeliveryRow, MemoryTables } from '../memory-tables'

function byDue(a: DeliveryRow, b: DeliveryRow): number {
  return a.dueAt.getTime() - b.dueAt.getTime() || (a.eventId < b.eventId ? -1 : 1)
}

function endpointKey({ subAppId, url }: Pick<DeliveryRow, 'subAppId' | 'url'>): string {
  return `${subAppId} ${url}`
}

export class MemoryDeliveryStore extends DeliveryStore {
  constructor(private readonly tables: MemoryTables) {
    super()
  }

  override async claim(limits: ClaimLimits, at: Date, leaseMs: number): Promise<readonly Delivery[]> {
    const due = this.rows().filter(({ state, dueAt }) => state === 'pending' && dueAt <= at)
    const endpoints = new Set(due.map(endpointKey))
    const taken = [...endpoints].flatMap((key) => {
      const rows = due.filter((row) => endpointKey(row) === key).sort(byDue)
      const room = Math.max(this.roomAt(key, limits, at), 0)
      return rows.slice(0, room).map((row, place) => ({ row, place }))
    })
    const inTurn = taken.sort((a, b) => a.place - b.place || byDue(a.row, b.row)).slice(0, limits.limit)
    return inTurn.map(({ row }) => this.lease(row, new Date(at.getTime() + leaseMs)))
  }

  override async endLeases(at: Date): Promise<void> {
    for (const row of this.rows()) if (row.state === 'sending' && row.dueAt <= at) this.set(row, { state: 'pending' })
  }

  override async markDelivered(delivery: Delivery, at: Date): Promise<void> {
    const row = this.heldRow(delivery)
    if (row === undefined) return
    this.set(row, { state: 'delivered', deliveredAt: at, lastStatus: null, lastReason: null })
    const endpoint = this.endpointOf(row)
    this.tables.endpoints.set(endpointKey(row), { ...endpoint, failuresInARow: 0, failingSince: null })
  }

  override async lockEndpointOf(delivery: Delivery): Promise<Endpoint | undefined> {
    const row = this.heldRow(delivery)
    return row && this.endpointOf(row)
  }

  override async markFailed(
    delivery: Delivery,
    { status, reason: lastReason }: DeliveryFailure,
    retryAt: Date | undefined,
    endpoint: Endpoint,
  ): Promise<void> {
    const row = this.heldRow(delivery)
    if (row === undefined) return
    const next = retryAt === undefined ? ({ state: 'dead' } as const) : ({ state: 'pending', dueAt: retryAt } as const)
    this.set(row, { lastStatus: status ?? null, lastReason, ...next })
    this.tables.endpoints.set(endpointKey(row), endpoint)
  }

  override async findEndpoint(subAppId: SubAppId, url: string): Promise<Endpoint | undefined> {
    return this.tables.endpoints.get(endpointKey({ subAppId, url }))
  }

  override async refreshEndpoint(subAppId: SubAppId, url: string): Promise<void> {
    this.tables.endpoints.set(endpointKey({ subAppId, url }), freshEndpoint)
  }

  override async backlog(at: Date): Promise<DeliveryBacklog> {
    const takes = (row: DeliveryRow) => {
      const { failingSince, disabledAt } = this.endpointOf(row)
      return failingSince === null && disabledAt === null
    }
    const due = this.rows().filter((row) => row.state === 'pending' && row.dueAt <= at && takes(row))
    const disabled = [...this.tables.endpoints.values()].filter(({ disabledAt }) => disabledAt !== null)
    return { count: due.length, since: due.sort(byDue)[0]?.dueAt, disabledEndpoints: disabled.length }
  }

  override async list(subAppId: SubAppId, { state, before, limit }: DeliveryPage): Promise<readonly DeliveryRecord[]> {
    const theirs = this.rows().filter((row) => row.subAppId === subAppId && row.state === state)
    const older = theirs.filter(({ eventId }) => before === undefined || eventId < before)
    const page = older.sort((a, b) => (a.eventId > b.eventId ? -1 : 1)).slice(0, limit)
    return page.map(({ subAppId: _owner, token: _token, webhookId: _webhook, ...record }) => record)
  }

  override async redeliver(subAppId: SubAppId, eventId: EventId, at: Date): Promise<boolean> {
    const row = this.tables.deliveries.get(eventId)
    if (row?.subAppId !== subAppId) return false
    if (row.state === 'pending' || row.state === 'sending') return true
    const url = this.urlOfNow(row)
    this.set(row, { url, state: 'pending', attempt: 0, dueAt: at, deliveredAt: null })
    return true
  }

  private urlOfNow({ subAppId, webhookId, url }: DeliveryRow): string {
    if (webhookId !== undefined) return this.tables.webhooks.get(webhookId)?.url ?? url
    const config = this.tables.eventConfigs.get(subAppId)
    return config?.mode === 'push' && config.url !== '' ? config.url : url
  }

  private rows(): DeliveryRow[] {
    return [...this.tables.deliveries.values()]
  }

  private set(row: DeliveryRow, change: Partial<DeliveryRow>): DeliveryRow {
    const changed = { ...row, ...change }
    this.tables.deliveries.set(row.eventId, changed)
    return changed
  }

  private endpointOf(row: DeliveryRow): Endpoint {
    return this.tables.endpoints.get(endpointKey(row)) ?? freshEndpoint
  }

  /** How many more attempts an endpoint may get now. */
  private roomAt(key: string, { mostPerEndpoint, failuresToOpen }: ClaimLimits, at: Date): number {
    const { failuresInARow, resumeAt, disabledAt } = this.tables.endpoints.get(key) ?? freshEndpoint
    if (disabledAt !== null || (resumeAt !== null && resumeAt > at)) return 0
    const sending = this.rows().filter((row) => row.state === 'sending' && endpointKey(row) === key)
    return (failuresInARow >= failuresToOpen ? 1 : mostPerEndpoint) - sending.length
  }

  private lease(row: DeliveryRow, dueAt: Date): Delivery {
    const event = this.tables.events.get(row.eventId)
    if (event === undefined) throw new Error(`There is no event "${row.eventId}".`)
    const { url, eventId, attempt, token } = this.set(row, {
      ...{ state: 'sending', dueAt },
      ...{ attempt: row.attempt + 1, token: row.token + 1 },
    })
    const webhook = row.webhookId && this.tables.webhooks.get(row.webhookId)
    const keys = webhook ? { secret: webhook.secret } : this.tables.eventConfigs.get(row.subAppId)
    const { signKey = '', secret = '' }: { signKey?: string; secret?: string } = keys ?? {}
    const run = [...this.tables.runs.values()].find(({ id }) => id === event.subjectId)
    const about = { runId: run?.id, requestId: run?.requestId, traceparent: run?.traceparent }
    return { eventId, url, dialect: event.dialect, body: event.body, about, signKey, secret, attempt, token }
  }

  /** The delivery, if nobody has claimed it since. */
  private heldRow({ eventId, token }: Delivery): DeliveryRow | undefined {
    const row = this.tables.deliveries.get(eventId)
    return row?.token === token && (row.state === 'pending' || row.state === 'sending') ? row : undefined
  }
}
