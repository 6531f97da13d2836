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
} from '@libs/workflow'
import type { EntityManager } from 'typeorm'
import type { Keyring } from '../../secrets/keyring'
import * as sql from './delivery-store-statements'
import { openSecrets } from './event-secrets'
import { placeOfSecret } from './postgres-webhook.store'

interface ClaimedRow extends Omit<Delivery, 'about'> {
  readonly runId: string | null
  readonly requestId: string | null
  readonly traceparent: string | null
  readonly subAppId: number
  readonly webhookId: string | null
  readonly webhookSecret: string | null
}

const longestReason = 1_000

export class PostgresDeliveryStore extends DeliveryStore {
  constructor(
    private readonly manager: EntityManager,
    private readonly keyring: Keyring,
  ) {
    super()
  }

  override async claim(limits: ClaimLimits, at: Date, leaseMs: number): Promise<readonly Delivery[]> {
    const { limit, mostPerEndpoint, failuresToOpen } = limits
    const leaseEnd = new Date(at.getTime() + leaseMs)
    const parameters = [limit, at, leaseEnd, mostPerEndpoint, failuresToOpen]
    const [rows] = await this.manager.query<[ClaimedRow[], number]>(sql.claim, parameters)
    return rows.map(({ subAppId, webhookId, webhookSecret, runId, requestId, traceparent, ...row }) => {
      const about = {
        runId: runId ?? undefined,
        requestId: requestId ?? undefined,
        traceparent: traceparent ?? undefined,
      }
      const delivery = { ...row, about }
      if (webhookId === null) return { ...delivery, ...openSecrets(this.keyring, subAppId, delivery) }
      return { ...delivery, signKey: '', secret: this.keyring.open(webhookSecret ?? '', placeOfSecret(webhookId)) }
    })
  }

  override async endLeases(at: Date): Promise<void> {
    await this.manager.query(sql.endLeases, [at])
  }

  override async markDelivered({ eventId, token }: Delivery, at: Date): Promise<void> {
    await this.manager.query(sql.markDelivered, [eventId, token, at])
  }

  override async lockEndpointOf({ eventId, token }: Delivery): Promise<Endpoint | undefined> {
    const [row] = await this.manager.query<Endpoint[]>(sql.lockEndpoint, [eventId, token])
    return row
  }

  override async markFailed(
    { eventId, token }: Delivery,
    { status, reason }: DeliveryFailure,
    retryAt: Date | undefined,
    endpoint: Endpoint,
  ): Promise<void> {
    const { failuresInARow, failingSince, resumeAt, disabledAt, disabledReason } = endpoint
    const failed = [eventId, token, status, reason.slice(0, longestReason), retryAt]
    const health = [failuresInARow, failingSince, resumeAt, disabledAt, disabledReason]
    await this.manager.query(sql.markFailed, [...failed, ...health])
  }

  override async findEndpoint(subAppId: SubAppId, url: string): Promise<Endpoint | undefined> {
    const [row] = await this.manager.query<Endpoint[]>(sql.findEndpoint, [subAppId, url])
    return row
  }

  override async refreshEndpoint(subAppId: SubAppId, url: string): Promise<void> {
    await this.manager.query(sql.refreshEndpoint, [subAppId, url])
  }

  override async backlog(at: Date): Promise<DeliveryBacklog> {
    const [row] = await this.manager.query<{ count: number; since: Date | null; disabled: number }[]>(sql.backlog, [at])
    return { count: row?.count ?? 0, since: row?.since ?? undefined, disabledEndpoints: row?.disabled ?? 0 }
  }

  override async list(subAppId: SubAppId, { state, before, limit }: DeliveryPage): Promise<readonly DeliveryRecord[]> {
    return this.manager.query<DeliveryRecord[]>(sql.list, [subAppId, state, before, limit])
  }

  override async redeliver(subAppId: SubAppId, eventId: EventId, at: Date): Promise<boolean> {
    const rows = await this.manager.query<unknown[]>(sql.redeliver, [subAppId, eventId, at])
    return rows.length > 0
  }
}
