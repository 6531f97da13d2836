import { type DomainEvent, EventRenderer, type EventSigning, type FileUrls, type SignedEvent } from '@libs/workflow'
import { dialectNamed } from './dialects'

/** Renders events in the dialects that they were asked for in. */
export class DialectEventRenderer extends EventRenderer {
  constructor(private readonly urls: FileUrls) {
    super()
  }

  render(dialect: string, event: DomainEvent): string {
    return dialectNamed(dialect).renderEvent(event, this.urls)
  }

  sign(dialect: string, body: string, signing: EventSigning): SignedEvent {
    return dialectNamed(dialect).signEvent(body, signing)
  }
}
