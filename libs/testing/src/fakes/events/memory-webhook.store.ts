import type { SubAppId, WebhookId } from '@libs/kernel'
import { type Webhook, WebhookStore } from '@libs/workflow'
import type { MemoryTables } from '../memory-tables'

export class MemoryWebhookStore extends WebhookStore {
  constructor(private readonly tables: MemoryTables) {
    super()
  }

  override async countForInsert(subAppId: SubAppId): Promise<number> {
    return (await this.list(subAppId)).length
  }

  override async insert(webhook: Webhook): Promise<boolean> {
    if (this.isTaken(webhook)) return false
    this.tables.webhooks.set(webhook.id, webhook)
    return true
  }

  override async findForChange(subAppId: SubAppId, id: WebhookId): Promise<Webhook | undefined> {
    return (await this.list(subAppId)).find((webhook) => webhook.id === id)
  }

  override async replace(webhook: Webhook): Promise<boolean> {
    if (this.isTaken(webhook)) return false
    this.tables.webhooks.set(webhook.id, webhook)
    return true
  }

  override async remove(subAppId: SubAppId, id: WebhookId): Promise<boolean> {
    if ((await this.findForChange(subAppId, id)) === undefined) return false
    for (const { eventId, webhookId } of [...this.tables.deliveries.values()]) {
      if (webhookId === id) this.tables.deliveries.delete(eventId)
    }
    return this.tables.webhooks.delete(id)
  }

  override async list(subAppId: SubAppId): Promise<readonly Webhook[]> {
    return [...this.tables.webhooks.values()].filter((webhook) => webhook.subAppId === subAppId)
  }

  override async keepAll(subAppIds: readonly SubAppId[]): Promise<readonly Webhook[]> {
    return [...this.tables.webhooks.values()].filter(({ subAppId }) => subAppIds.includes(subAppId))
  }

  private isTaken({ id, subAppId, url }: Webhook): boolean {
    return [...this.tables.webhooks.values()].some(
      (other) => other.subAppId === subAppId && other.url === url && other.id !== id,
    )
  }
}
