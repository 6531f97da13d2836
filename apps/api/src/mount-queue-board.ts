import { QueueBoard } from '@libs/queue'
import { mountForAdmins } from '@libs/rest'
import type { NestExpressApplication } from '@nestjs/platform-express'
import type { ApiSettings } from './api-env'

const path = '/queues'

/** The page asks for a font at Google's: it does without. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';')

/** The board of the queues, at `/queues`. */
export function mountQueueBoard(app: NestExpressApplication, settings: ApiSettings): void {
  const board = new QueueBoard(settings, path)
  mountForAdmins(app, path, (request, response, next) => {
    response.setHeader('Content-Security-Policy', contentSecurityPolicy)
    return board.serve(request, response, next)
  })
}
