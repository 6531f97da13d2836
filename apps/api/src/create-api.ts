import { mountDialects } from '@libs/dialects'
import { mountRest } from '@libs/rest'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import helmet from 'helmet'
import type { Server } from 'node:http'
import { Logger } from 'nestjs-pino'
import type { ApiSettings } from './api-env'
import { ApiModule } from './api.module'
import { followCalls } from './follow-calls'
import { mountQueueBoard } from './mount-queue-board'
import { limitSilence } from './limit-silence'
import { WideAdapter } from './wide-adapter'

/** The API with every door that it has, not listening yet. */
export async function createApi(settings: ApiSettings): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.forRoot(settings), new WideAdapter(), {
    bufferLogs: true,
    bodyParser: false,
  })
  app.useLogger(app.get(Logger))
  app.disable('x-powered-by')
  app.set('trust proxy', settings.TRUST_PROXY)
  app.use(followCalls)
  // Pages of other origins read files and bring uploads; the doors say so themselves.
  app.use(helmet({ crossOriginResourcePolicy: false }))
  mountDialects(app)
  mountRest(app)
  mountQueueBoard(app, settings)
  return app
}

/** How long clients may take. */
export function limitPatience(server: Server): void {
  server.headersTimeout = 60_000
  // An upload takes as long as it takes, unless nothing comes at all.
  server.requestTimeout = 0
  limitSilence(server, 300_000, 3_600_000)
  // Longer than the minute that load balancers keep idle connections for: they close first, and lose no request.
  server.keepAliveTimeout = 65_000
}
