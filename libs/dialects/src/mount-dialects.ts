import type { INestApplication } from '@nestjs/common'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { DialectHost } from './dialect-host'

/**
 * Puts the dialects in front of an app: before `listen`, and before anything that reads bodies.
 * The app's modules include `DialectsModule`.
 */
export function mountDialects(app: INestApplication): void {
  const host = app.get(DialectHost)
  app.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
    if (!host.serve(request, response)) next()
  })
}
