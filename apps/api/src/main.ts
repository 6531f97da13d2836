import { mountDialects } from '@libs/dialects'
import { Readiness } from '@libs/health'
import { Clock, readEnv, runApp, shutdownLimits, superviseByParent } from '@libs/kernel'
import { mountRest } from '@libs/rest'
import { UnitOfWork } from '@libs/workflow'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import helmet from 'helmet'
import { Logger } from 'nestjs-pino'
import { apiEnv } from './api-env'
import { ApiModule } from './api.module'
import { drainable } from './drain-server'
import { ensureFirstKey } from './first-access-key'
import { WideAdapter } from './wide-adapter'

async function main(): Promise<void> {
  const settings = readEnv(apiEnv)
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.forRoot(settings), new WideAdapter(), {
    bufferLogs: true,
    bodyParser: false,
  })
  const logger = app.get(Logger)
  app.useLogger(logger)
  app.disable('x-powered-by')
  mountDialects(app)
  app.use(helmet({ crossOriginResourcePolicy: false }))
  mountRest(app)
  // A wrong master key is noticed here, before anything is sealed with it.
  await app.init()
  const { secretId, path } = await ensureFirstKey(app.get(UnitOfWork), app.get(Clock), settings)
  const drain = drainable(app.getHttpServer())
  const server = await app.listen(settings.PORT, settings.HOST)
  // An upload takes as long as it takes; a header does not.
  server.requestTimeout = 0
  server.headersTimeout = 60_000
  logger.log({ port: settings.PORT, secretId, keyFile: path }, 'The API answers.')
  const limits = shutdownLimits(settings)
  const supervisor = superviseByParent(async () => {
    app.get(Readiness).stop()
    await drain(limits)
    await app.close()
  }, limits.limitMs)
  supervisor.ready()
}

runApp(main)
