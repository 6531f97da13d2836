import type { SubAppId, WebhookId } from '@libs/kernel'
import type { Webhook } from '../../../events/webhooks/webhook'

export abstract class WebhookStore {
  /** To be called in a transaction: until it ends, nobody else adds a webhook. @returns how many there are */
  abstract countForInsert(subAppId: SubAppId): Promise<number>

  /** @returns false when there is one with that URL */
  abstract insert(webhook: Webhook): Promise<boolean>

  /** To be called in a transaction, at whose end the webhook may be changed by others again. */
  abstract findForChange(subAppId: SubAppId, id: WebhookId): Promise<Webhook | undefined>

  /** Gives the webhook of that id another URL, filter and comment. @returns false when there is another one with that URL */
  abstract replace(webhook: Webhook): Promise<boolean>

  /** What waits for it goes with it. @returns false when there was none */
  abstract remove(subAppId: SubAppId, id: WebhookId): Promise<boolean>

  /** @returns by age */
  abstract list(subAppId: SubAppId): Promise<readonly Webhook[]>

  /** To be called in a transaction: until it ends, none of them is removed. @returns those of all these sub-applications */
  abstract keepAll(subAppIds: readonly SubAppId[]): Promise<readonly Webhook[]>
}
