import type { DomainEvent } from '../events/event'

/** What a vendor's own signature of an event covers besides the body. */
export interface EventSigning {
  readonly key: string
  /** Where the event goes, as it was set. */
  readonly url: string
  readonly nowMs: number
}

/** An event as it is sent: the signature is in the body or in headers, as the vendor has it. */
export interface SignedEvent {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

export abstract class EventRenderer {
  /** An event's body in a vendor's language, as it is sent and as pullers see it. */
  abstract render(dialect: string, event: DomainEvent): string

  /** An event with a vendor's own signature, good for some minutes from now. */
  abstract sign(dialect: string, body: string, signing: EventSigning): SignedEvent
}
