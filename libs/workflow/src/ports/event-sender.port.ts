import type { Delivery } from '../events/delivering/delivery'
import type { SignedEvent } from './event-renderer.port'

export interface FailedSend {
  readonly status: 'failed'
  readonly httpStatus: number | undefined
  readonly reason: string
  readonly retryAfterMs?: number
}

export type SendResult = { readonly status: 'delivered' } | FailedSend

export abstract class EventSender {
  /** Posts an event to the customer's address under the rules for egress, signed where there is a secret. Never throws. */
  abstract send(delivery: Omit<Delivery, 'about'> & Partial<Pick<SignedEvent, 'headers'>>): Promise<SendResult>
}
