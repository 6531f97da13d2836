import type { EventId, SubAppId } from '@libs/kernel'
import type { Delivery, DeliveryRecord, DeliveryState } from '../../events/delivering/delivery'
import type { Endpoint } from '../../events/delivering/endpoint'
import type { Overdue } from './run.store.port'

export interface DeliveryFailure {
  readonly status: number | undefined
  readonly reason: string
}

export interface ClaimLimits {
  readonly limit: number
  /** Attempts under way at an endpoint at a time, those of other processes included. */
  readonly mostPerEndpoint: number
  /** An endpoint that has failed so often in a row gets one attempt at a time. */
  readonly failuresToOpen: number
}

export interface DeliveryPage {
  readonly state: DeliveryState
  /** Only events older than this one. */
  readonly before: EventId | undefined
  readonly limit: number
}

/** What is to be delivered, and where nothing is delivered any more. */
export interface DeliveryBacklog extends Overdue {
  readonly disabledEndpoints: number
}

/** Deliveries are made by `EventStore.insert`. */
export abstract class DeliveryStore {
  /**
   * Takes due deliveries for `leaseMs`, endpoints in turn, none of one that is disabled or rests.
   */
  abstract claim(limits: ClaimLimits, at: Date, leaseMs: number): Promise<readonly Delivery[]>

  /** Makes those due again whose lease has ended: their deliverer has died. */
  abstract endLeases(at: Date): Promise<void>

  /** Ends a delivery; its endpoint works. Nothing happens when somebody has claimed it since. */
  abstract markDelivered(delivery: Delivery, at: Date): Promise<void>

  /** Locks the endpoint until the transaction ends. @returns undefined when somebody has claimed the delivery since */
  abstract lockEndpointOf(delivery: Delivery): Promise<Endpoint | undefined>

  /** Notes a failed attempt, and how its endpoint stands now; without `retryAt` the delivery is dead. */
  abstract markFailed(
    delivery: Delivery,
    failure: DeliveryFailure,
    retryAt: Date | undefined,
    endpoint: Endpoint,
  ): Promise<void>

  abstract findEndpoint(subAppId: SubAppId, url: string): Promise<Endpoint | undefined>

  /** Forgets how an endpoint has answered. */
  abstract refreshEndpoint(subAppId: SubAppId, url: string): Promise<void>

  /** Deliveries whose next attempt is due, at endpoints that took the last one, of all sub-applications. */
  abstract backlog(at: Date): Promise<DeliveryBacklog>

  /** Latest events first. */
  abstract list(subAppId: SubAppId, page: DeliveryPage): Promise<readonly DeliveryRecord[]>

  /** Makes an ended delivery due, from the start of its schedule, at the endpoint of now, be it that of its webhook. @returns whether there is one */
  abstract redeliver(subAppId: SubAppId, eventId: EventId, at: Date): Promise<boolean>
}
