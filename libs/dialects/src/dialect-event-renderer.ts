import { type DomainEvent, EventRenderer, type FileUrls } from '@libs/workflow'
import { dialectNamed } from './dialects'

/** Renders a run's event in the dialect that the run was asked for in. */
export class DialectEventRenderer extends EventRenderer {
  constructor(private readonly urls: FileUrls) {
    super()
  }

  render(dialect: string, event: DomainEvent): string {
    return dialectNamed(dialect).renderEvent(event, this.urls)
  }
}
