import type { SubAppId } from '@libs/kernel'
import { type EventConfig, type EventEntry, EventStore, type PulledEvent } from '@libs/workflow'
import { type EntityManager, In } from 'typeorm'
import { EventConfigEntity } from '../../entities/events/event-config.entity'
import type { Keyring } from '../../secrets/keyring'
import { openSecrets, sealSecrets } from './event-secrets'
import * as sql from './event-store-statements'

export class PostgresEventStore extends EventStore {
  constructor(
    private readonly manager: EntityManager,
    private readonly keyring: Keyring,
  ) {
    super()
  }

  override async insert(entries: readonly EventEntry[]): Promise<void> {
    if (entries.length === 0) return
    const rows = entries.map(({ event, config: { mode, url }, webhookId }) => ({
      id: event.id,
      sub_app_id: event.subAppId,
      dialect: event.dialect,
      subject_id: event.subjectId,
      state_key: event.stateKey,
      body: event.body,
      created_at: event.createdAt,
      mode,
      url,
      webhook_id: webhookId,
    }))
    await this.manager.query(sql.insertEvents, [JSON.stringify(rows)])
  }

  override async findConfigs(subAppIds: readonly SubAppId[]): Promise<ReadonlyMap<SubAppId, EventConfig>> {
    const rows = await this.manager.findBy(EventConfigEntity, { subAppId: In([...subAppIds]) })
    return new Map(
      rows.map(({ subAppId, ...config }) => [
        subAppId as SubAppId,
        { ...config, ...openSecrets(this.keyring, subAppId, config) },
      ]),
    )
  }

  override async findConfig(subAppId: SubAppId): Promise<EventConfig | undefined> {
    return (await this.findConfigs([subAppId])).get(subAppId)
  }

  override async saveConfig(subAppId: SubAppId, config: EventConfig): Promise<void> {
    const secrets = sealSecrets(this.keyring, subAppId, config)
    await this.manager.upsert(EventConfigEntity, { ...config, ...secrets, subAppId }, ['subAppId'])
  }

  override async pull(subAppId: SubAppId, limit: number, at: Date, visibleAt: Date): Promise<readonly PulledEvent[]> {
    const rows = await this.manager.query<PulledEvent[]>(sql.pull, [subAppId, limit, at, visibleAt])
    return rows
  }

  override async countToPull(subAppId: SubAppId): Promise<number> {
    const count = `select count(*)::integer as count from pull_event where sub_app_id = $1`
    const [row] = await this.manager.query<{ count: number }[]>(count, [subAppId])
    return row?.count ?? 0
  }

  override async forgetUnpulled(before: Date, limit: number): Promise<number> {
    const [, count] = await this.manager.query<[unknown[], number]>(sql.forgetUnpulled, [before, limit])
    return count
  }

  override async confirm(subAppId: SubAppId, handles: readonly string[], at: Date): Promise<readonly string[]> {
    const [rows] = await this.manager.query<[{ handle: string }[], number]>(sql.confirm, [subAppId, handles, at])
    return rows.map(({ handle }) => handle)
  }
}
