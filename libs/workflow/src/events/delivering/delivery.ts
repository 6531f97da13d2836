import type { EventId, WorkIds } from '@libs/kernel'

/** `sending` while an attempt is under way; `dead` when the schedule has ended without one that succeeded. */
export const deliveryStates = ['pending', 'sending', 'delivered', 'dead'] as const

export type DeliveryState = (typeof deliveryStates)[number]

/** An attempt to hand an event over. */
export interface Delivery {
  readonly eventId: EventId
  readonly url: string
  /** The vendor's language that the body is in. */
  readonly dialect: string
  readonly body: string
  /** The run that the event tells of, and the call that made it, while that is remembered. */
  readonly about: WorkIds
  /** As they are now, not as they were when the event came about: keys are changed because they leaked. */
  readonly signKey: string
  readonly secret: string
  /** Place in the schedule, from 1; a redelivery begins anew. */
  readonly attempt: number
  /** Grows with every attempt: the fencing token of the one that may record its result. */
  readonly token: number
}

/** What has become of handing an event over. */
export interface DeliveryRecord {
  readonly eventId: EventId
  readonly url: string
  readonly state: DeliveryState
  readonly attempt: number
  /** The next attempt; while one is under way, the end of its lease. */
  readonly dueAt: Date
  /** HTTP status and reason of the last failure. */
  readonly lastStatus: number | null
  readonly lastReason: string | null
  readonly deliveredAt: Date | null
}
