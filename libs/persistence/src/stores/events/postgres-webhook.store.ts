import type { SubAppId, WebhookId } from '@libs/kernel'
import { type Webhook, WebhookStore } from '@libs/workflow'
import { type EntityManager, In } from 'typeorm'
import { WebhookEntity } from '../../entities/events/webhook.entity'
import { type Keyring, placeOf } from '../../secrets/keyring'

/** Where the secret of a webhook is sealed for. */
export const placeOfSecret = (id: string) => placeOf('webhook', 'secret', id)

export class PostgresWebhookStore extends WebhookStore {
  constructor(
    private readonly manager: EntityManager,
    private readonly keyring: Keyring,
  ) {
    super()
  }

  override async countForInsert(subAppId: SubAppId): Promise<number> {
    await this.manager.query("select pg_advisory_xact_lock(hashtext('webhook'), $1)", [subAppId])
    return this.manager.countBy(WebhookEntity, { subAppId })
  }

  override async insert(webhook: Webhook): Promise<boolean> {
    const { id, subAppId, url, types, comment, secret, createdAt, updatedAt } = webhook
    const inserted = await this.manager.query<unknown[]>(
      `insert into webhook (id, sub_app_id, url, types, comment, secret, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (sub_app_id, url) do nothing returning id`,
      [id, subAppId, url, types, comment, this.keyring.seal(secret, placeOfSecret(id)), createdAt, updatedAt],
    )
    return inserted.length === 1
  }

  override async findForChange(subAppId: SubAppId, id: WebhookId): Promise<Webhook | undefined> {
    const lock = { mode: 'pessimistic_write' } as const
    const row = await this.manager.findOne(WebhookEntity, { where: { subAppId, id }, lock })
    return row === null ? undefined : this.toWebhook(row)
  }

  override async replace({ id, subAppId, url, types, comment, updatedAt }: Webhook): Promise<boolean> {
    const [, count] = await this.manager.query<[unknown, number]>(
      `update webhook set url = $3, types = $4, comment = $5, updated_at = $6
       where sub_app_id = $1 and id = $2
         and not exists (select from webhook as other where other.sub_app_id = $1 and other.url = $3 and other.id <> $2)`,
      [subAppId, id, url, types, comment, updatedAt],
    )
    return count === 1
  }

  override async remove(subAppId: SubAppId, id: WebhookId): Promise<boolean> {
    const { affected } = await this.manager.delete(WebhookEntity, { subAppId, id })
    return affected === 1
  }

  override async list(subAppId: SubAppId): Promise<readonly Webhook[]> {
    const rows = await this.manager.find(WebhookEntity, { where: { subAppId }, order: { createdAt: 'asc', id: 'asc' } })
    return rows.map((row) => this.toWebhook(row))
  }

  override async keepAll(subAppIds: readonly SubAppId[]): Promise<readonly Webhook[]> {
    const lock = { mode: 'for_key_share' } as const
    const rows = await this.manager.find(WebhookEntity, { where: { subAppId: In([...subAppIds]) }, lock })
    return rows.map((row) => this.toWebhook(row))
  }

  private toWebhook({ id, subAppId, secret, ...row }: WebhookEntity): Webhook {
    const opened = this.keyring.open(secret, placeOfSecret(id))
    return { ...row, id: id as WebhookId, subAppId: subAppId as SubAppId, secret: opened }
  }
}
