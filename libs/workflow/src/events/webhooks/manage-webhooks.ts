import { AppError, type Clock, newWebhookId, type SubAppId, type WebhookId } from '@libs/kernel'
import type { Doorbell } from '../../ports/doorbell.port'
import type { SubAppWork } from '../../ports/stores/unit-of-work.port'
import { type Endpoint, freshEndpoint } from '../delivering/endpoint'
import { newSecret } from '../new-secret'
import { unknownWebhook, type Webhook, type WebhookSettings } from './webhook'

const mostWebhooks = 16

/** A webhook, and how it answers. */
export interface DescribedWebhook {
  readonly webhook: Webhook
  readonly endpoint: Endpoint
}

/** What a caller does to the webhooks of a sub-application. */
export class ManageWebhooks {
  constructor(
    private readonly work: SubAppWork,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
  ) {}

  /** @throws AppError `webhook.alreadyExists`, `webhook.limitReached` */
  async create(subAppId: SubAppId, settings: WebhookSettings): Promise<DescribedWebhook> {
    const at = new Date(this.clock.nowMs())
    const id = newWebhookId(at.getTime())
    const webhook: Webhook = { ...settings, id, subAppId, secret: newSecret(), createdAt: at, updatedAt: at }
    await this.work.run(subAppId, async ({ webhooks, deliveries }) => {
      const count = await webhooks.countForInsert(subAppId)
      if (!(await webhooks.insert(webhook))) throw taken(webhook)
      if (count >= mostWebhooks) {
        throw new AppError('webhook.limitReached', `There are ${mostWebhooks} webhooks already.`)
      }
      await deliveries.refreshEndpoint(subAppId, webhook.url)
    })
    return { webhook, endpoint: freshEndpoint }
  }

  /** Oldest first. */
  list(subAppId: SubAppId): Promise<readonly DescribedWebhook[]> {
    return this.work.run(subAppId, async ({ webhooks, deliveries }) => {
      const described: DescribedWebhook[] = []
      for (const webhook of await webhooks.list(subAppId)) {
        const endpoint = (await deliveries.findEndpoint(subAppId, webhook.url)) ?? freshEndpoint
        described.push({ webhook, endpoint })
      }
      return described
    })
  }

  /** @throws AppError `webhook.notFound` */
  async describe(subAppId: SubAppId, id: WebhookId): Promise<DescribedWebhook> {
    const found = (await this.list(subAppId)).find(({ webhook }) => webhook.id === id)
    if (found === undefined) throw unknownWebhook(id)
    return found
  }

  /**
   * What waits for it goes where it went. Whoever changes it says that it is there: it starts afresh, and what waited is sent.
   * @throws AppError `webhook.notFound`, `webhook.alreadyExists`
   */
  async change(subAppId: SubAppId, id: WebhookId, change: Partial<WebhookSettings>): Promise<DescribedWebhook> {
    const webhook = await this.work.run(subAppId, async ({ webhooks, deliveries }) => {
      // Of two that are given the same URL, the second sees the first.
      await webhooks.countForInsert(subAppId)
      const current = await webhooks.findForChange(subAppId, id)
      if (current === undefined) throw unknownWebhook(id)
      const changed = { ...current, ...change, updatedAt: new Date(this.clock.nowMs()) }
      if (!(await webhooks.replace(changed))) throw taken(changed)
      await deliveries.refreshEndpoint(subAppId, changed.url)
      return changed
    })
    this.doorbell.ring('deliveries')
    return { webhook, endpoint: freshEndpoint }
  }

  /** Nothing goes there any more, nor what waits. @throws AppError `webhook.notFound` */
  async remove(subAppId: SubAppId, id: WebhookId): Promise<void> {
    if (!(await this.work.run(subAppId, ({ webhooks }) => webhooks.remove(subAppId, id)))) throw unknownWebhook(id)
  }
}

function taken({ url }: Webhook): AppError {
  return new AppError('webhook.alreadyExists', `There is a webhook for ${url} already.`, { field: 'url' })
}
