import { openMetrics, Readiness, serveHealth } from '@libs/health'
import { Clock, readEnv, runApp, shutdownLimits, superviseByParent } from '@libs/kernel'
import { openTracing } from '@libs/tracing'
import { UnitOfWork, WatchRuns } from '@libs/workflow'
import { Logger } from 'nestjs-pino'
import { apiEnv } from './api-env'
import { createApi, limitPatience } from './create-api'
import { drainable } from './drain-server'
import { ensureFirstKey } from './first-access-key'

async function main(): Promise<void> {
  const settings = readEnv(apiEnv)
  const closeTracing = await openTracing('api', settings)
  const app = await createApi(settings)
  // A wrong master key is noticed here, before anything is sealed with it.
  await app.init()
  const { secretId, path } = await ensureFirstKey(app.get(UnitOfWork), app.get(Clock), settings)
  const drain = drainable(app.getHttpServer())
  const server = await app.listen(settings.PORT, settings.HOST)
  limitPatience(server)
  const readiness = app.get(Readiness)
  // Figures are for whoever runs the product: not at the public port.
  const healthPort = settings.HEALTH_PORT === settings.PORT ? undefined : settings.HEALTH_PORT
  const closeHealth = await serveHealth(healthPort, {
    isHealthy: () => true,
    readiness,
    metrics: openMetrics(),
  })
  app.get(Logger).log({ port: settings.PORT, secretId, keyFile: path }, 'The API answers.')
  const limits = shutdownLimits(settings)
  const supervisor = superviseByParent(async () => {
    readiness.stop()
    await drain({ ...limits, endStreams: () => app.get(WatchRuns).stop() })
    await app.close()
    await closeTracing()
    closeHealth()
  }, limits.limitMs)
  supervisor.ready()
}

runApp(main)
