import { type Check, diskCheck, healthEnv, Readiness, serveHealth } from '@libs/health'
import { diskEnv, logEnv, logOptions, readEnv, runApp, superviseByParent } from '@libs/kernel'
import { checkMediaTools, openMediaTools } from '@libs/media'
import { queueCheck, queueEnv, type QueueSettings } from '@libs/queue'
import { localFolderOf, type StorageSettings } from '@libs/storage'
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

interface Settings extends StorageSettings, QueueSettings {
  readonly WORK_DIR: string
  readonly MIN_FREE_DISK_MB: number
}

function checksOf(settings: Settings): readonly Check[] {
  const media = localFolderOf(settings)
  return [
    queueCheck(settings, 'broken'),
    diskCheck({ work: settings.WORK_DIR, ...(media !== undefined && { media }) }, settings.MIN_FREE_DISK_MB),
  ]
}

async function start(performable: AnyPerformable): Promise<void> {
  const settings = readEnv({ ...logEnv, ...healthEnv, ...diskEnv, ...queueEnv, ...toolsEnv, ...workerEnv })
  const mediaTools = openMediaTools(settings)
  const tools = openTools(settings, mediaTools)
  const { warnings, ...facts } = await checkMediaTools(mediaTools)
  const workspaces = new Workspaces(settings.WORK_DIR, settings.MIN_FREE_DISK_MB * 2 ** 20)
  const worker = new WorkerApp(performable, { tools, workspaces }, settings)
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
    readiness: new Readiness(
      [...checksOf(settings), { name: 'tools', means: 'degraded', look: () => warnings }],
      facts,
    ),
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
