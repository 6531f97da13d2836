import { healthEnv, logEnv, logOptions, readEnv, runApp, serveHealth, superviseByParent } from '@libs/kernel'
import { checkMediaTools, openMediaTools } from '@libs/media'
import { queueEnv } from '@libs/queue'
import type { KindName, Performable } from '@libs/tasks'
import { Logger, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { Logger as PinoLogger, LoggerModule } from 'nestjs-pino'
import { destination } from 'pino'
import { openTools, toolsEnv } from './open-tools'
import { type AnyPerformable, WorkerApp } from './worker-app'
import { workerEnv } from './worker.env'
import { Workspaces } from './workspaces'

@Module({})
class WorkerModule {}

/** A worker app: one process that takes a kind's tasks until it is told to stop. */
export function runWorker<Name extends KindName, Settings, Request, Output>(
  performable: Performable<Name, Settings, Request, Output>,
): void {
  runApp(() => start(performable))
}

async function start(performable: AnyPerformable): Promise<void> {
  const settings = readEnv({ ...logEnv, ...healthEnv, ...queueEnv, ...toolsEnv, ...workerEnv })
  const mediaTools = openMediaTools(settings)
  const tools = openTools(settings, mediaTools)
  const { warnings, ...facts } = await checkMediaTools(mediaTools)
  const worker = new WorkerApp(performable, { tools, workspaces: new Workspaces(settings.WORK_DIR) }, settings)
  const app = await NestFactory.createApplicationContext(
    {
      module: WorkerModule,
      imports: [
        LoggerModule.forRoot({
          pinoHttp: [logOptions(`worker ${performable.name}`, settings.LOG_LEVEL), destination({ sync: true })],
        }),
      ],
      providers: [{ provide: WorkerApp, useFactory: () => worker }],
    },
    { bufferLogs: true },
  )
  app.useLogger(app.get(PinoLogger))
  const closeHealth = await serveHealth(settings.HEALTH_PORT, {
    isHealthy: () => worker.isTaking(),
    warnings,
    facts,
    metrics: () => worker.metrics(),
  })
  const supervisor = superviseByParent(async () => {
    closeHealth()
    await app.close()
  })
  const logger = new Logger(performable.name)
  for (const warning of warnings) logger.warn(warning)
  logger.log({ ...facts }, 'The worker takes tasks.')
  supervisor.ready()
}
