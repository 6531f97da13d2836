import type { DomainEvent } from '../events/event'

export abstract class EventRenderer {
  /** An event's body in a vendor's language, as it is sent and as pullers see it. */
  abstract render(dialect: string, event: DomainEvent): string

  /** A body with a vendor's own signature in it, good for some minutes from now. */
  abstract sign(dialect: string, body: string, signKey: string, nowMs: number): string
}
