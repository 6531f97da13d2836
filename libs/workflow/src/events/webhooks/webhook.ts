import { AppError, type SubAppId, type WebhookId } from '@libs/kernel'
import type { DomainEvent } from '../event'

export type EventType = DomainEvent['type']

/** Somewhere that events are pushed to, besides where the sub-application's event configuration says. */
export interface Webhook {
  readonly id: WebhookId
  readonly subAppId: SubAppId
  readonly url: string
  /** Of which types events are pushed there; empty: of all. */
  readonly types: readonly EventType[]
  readonly comment: string
  /** Key of the Standard Webhooks signature, base64 behind `whsec_`. */
  readonly secret: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

export type WebhookSettings = Pick<Webhook, 'url' | 'types' | 'comment'>

export function unknownWebhook(text: string): AppError {
  return new AppError('webhook.notFound', `There is no webhook "${text}".`, { field: 'webhookId' })
}

export function wants({ types }: Webhook, type: EventType): boolean {
  return types.length === 0 || types.includes(type)
}
