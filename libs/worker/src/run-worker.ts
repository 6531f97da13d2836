import { type Check, diskCheck, healthEnv, openMetrics, Readiness, serveHealth } from '@libs/health'
import {
  diskEnv,
  logEnv,
  logOptions,
  readEnv,
  runApp,
  shutdownEnv,
  shutdownLimits,
  superviseByParent,
} from '@libs/kernel'
import { checkMediaTools, endOrphans, openMediaTools } from '@libs/media'
import { queueCheck, queueEnv } from '@libs/queue'
import { localFolderOf } from '@libs/storage'
import type { KindName, Performable } from '@libs/tasks'
import { openTracing, tracingEnv } from '@libs/tracing'
import { type INestApplicationContext, Logger, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { Logger as PinoLogger, LoggerModule } from 'nestjs-pino'
import { destination } from 'pino'
import type { z } from 'zod'
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

const env = {
  ...{ ...logEnv, ...healthEnv, ...diskEnv, ...shutdownEnv },
  ...{ ...queueEnv, ...toolsEnv, ...workerEnv, ...tracingEnv },
}

type Settings = z.infer<z.ZodObject<typeof env>>

async function start(performable: AnyPerformable): Promise<void> {
  const settings = readEnv(env)
  const closeTracing = await openTracing(`worker ${performable.name}`, settings)
  const mediaTools = openMediaTools(settings)
  const tools = openTools(settings, mediaTools)
  await endOrphans()
  const { warnings, ...facts } = await checkMediaTools(mediaTools)
  const limits = shutdownLimits(settings)
  const workspaces = new Workspaces(settings.WORK_DIR, settings.MIN_FREE_DISK_MB * 2 ** 20)
  const worker = new WorkerApp(performable, { tools, workspaces }, settings, limits.graceMs)
  const readiness = new Readiness(checksOf(settings, warnings), facts)
  const opening = openApp(worker, logOptions(`worker ${performable.name}`, settings.LOG_LEVEL))
  const supervisor = superviseByParent(async () => {
    readiness.stop()
    await (await opening).close()
    await closeTracing()
  }, limits.limitMs)
  worker.onWedged = () => supervisor.fail(new Error('No tasks are taken although the queue answers.'))
  await opening
  const metrics = openMetrics({ kind: performable.name })
  await serveHealth(settings.HEALTH_PORT, { isHealthy: () => worker.isTaking(), readiness, metrics })
  const logger = new Logger(performable.name)
  for (const warning of warnings) logger.warn(warning)
  logger.log({ ...facts }, 'The worker takes tasks.')
  supervisor.ready()
}

/** Starts to take tasks. */
async function openApp(worker: WorkerApp, log: ReturnType<typeof logOptions>): Promise<INestApplicationContext> {
  const app = await NestFactory.createApplicationContext(
    {
      module: WorkerModule,
      imports: [LoggerModule.forRoot({ pinoHttp: [log, destination({ sync: true })] })],
      providers: [{ provide: WorkerApp, useFactory: () => worker }],
    },
    { bufferLogs: true },
  )
  app.useLogger(app.get(PinoLogger))
  return app
}

function checksOf(settings: Settings, warnings: readonly string[]): readonly Check[] {
  const media = localFolderOf(settings)
  return [
    queueCheck(settings, 'broken'),
    diskCheck({ work: settings.WORK_DIR, ...(media !== undefined && { media }) }, settings.MIN_FREE_DISK_MB),
    { name: 'tools', means: 'degraded', look: () => warnings },
  ]
}
