import { conductorMetrics, ConductorModule, QueueRoad } from '@libs/conductor'
import { DialectEventRenderer } from '@libs/dialects'
import { CallbackSender, egressEnv } from '@libs/egress'
import { diskCheck, healthEnv, Readiness, serveHealth } from '@libs/health'
import {
  diskEnv,
  logEnv,
  logOptions,
  readEnv,
  runApp,
  shutdownEnv,
  shutdownLimits,
  superviseByParent,
  SystemClock,
} from '@libs/kernel'
import { databaseEnv, DatabaseProbe, masterKeyEnv, PersistenceModule } from '@libs/persistence'
import { queueCheck, queueEnv } from '@libs/queue'
import { localFolderOf, openStorage, PublicFileUrls, publicUrlEnv, storageEnv } from '@libs/storage'
import { openTracing, tracingEnv } from '@libs/tracing'
import {
  EventRenderer,
  EventSender,
  GrowingFiles,
  MeasureBacklog,
  retentionEnv,
  RetentionRules,
  retentionRules,
  StoredFiles,
} from '@libs/workflow'
import { type DynamicModule, Global, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { Logger, LoggerModule } from 'nestjs-pino'
import { destination } from 'pino'
import type { z } from 'zod'
import { migrations } from '../../../migrations'

const env = {
  ...{ ...logEnv, ...healthEnv, ...diskEnv, ...shutdownEnv, ...databaseEnv, ...masterKeyEnv, ...queueEnv },
  ...{ ...storageEnv, ...publicUrlEnv, ...egressEnv, ...retentionEnv, ...tracingEnv },
}

type Settings = z.infer<z.ZodObject<typeof env>>

/** What the loops reach outside with: the vendors' languages, the guarded client and the files; and how long what is kept. */
@Global()
@Module({})
class OutsideModule {
  static forRoot(settings: Settings): DynamicModule {
    const renderer = new DialectEventRenderer(new PublicFileUrls(settings, new SystemClock()))
    const { files, growing } = openStorage(settings)
    const providers = [
      { provide: EventRenderer, useValue: renderer },
      { provide: EventSender, useValue: new CallbackSender(settings) },
      { provide: StoredFiles, useValue: files },
      { provide: GrowingFiles, useValue: growing },
      { provide: RetentionRules, useValue: retentionRules(settings) },
    ]
    return { module: OutsideModule, providers, exports: providers }
  }
}

@Module({})
class ConductorApp {}

function readinessOf(settings: Settings, probe: DatabaseProbe): Readiness {
  const media = localFolderOf(settings)
  return new Readiness([
    { name: 'database', means: 'broken', look: () => probe.look() },
    // Events go out all the same.
    queueCheck(settings, 'degraded'),
    ...(media === undefined ? [] : [diskCheck({ media }, settings.MIN_FREE_DISK_MB)]),
  ])
}

async function main(): Promise<void> {
  const settings = readEnv(env)
  const closeTracing = await openTracing('conductor', settings)
  const app = await NestFactory.createApplicationContext(
    {
      module: ConductorApp,
      imports: [
        LoggerModule.forRoot({ pinoHttp: [logOptions('conductor', settings.LOG_LEVEL), destination({ sync: true })] }),
        PersistenceModule.forRoot(
          { url: settings.DATABASE_URL, migrationNames: migrations.map(({ name }) => name) },
          settings,
        ),
        OutsideModule.forRoot(settings),
        ConductorModule.forRoot(settings),
      ],
    },
    { bufferLogs: true },
  )
  app.useLogger(app.get(Logger))
  const road = app.get(QueueRoad, { strict: false })
  const conductor = app.get(ConductorModule)
  const readiness = readinessOf(settings, app.get(DatabaseProbe, { strict: false }))
  const closeHealth = await serveHealth(settings.HEALTH_PORT, {
    isHealthy: () => road.isSettling() && conductor.isTurning(),
    readiness,
    metrics: conductorMetrics(app.get(MeasureBacklog, { strict: false })),
  })
  const supervisor = superviseByParent(async () => {
    readiness.stop()
    await app.close()
    await closeTracing()
    closeHealth()
  }, shutdownLimits(settings).limitMs)
  road.onWedged = () => supervisor.fail(new Error('No outcomes are taken although the queue answers.'))
  conductor.onStuck = (loop) => supervisor.fail(new Error(`The loop "${loop}" hangs.`))
  supervisor.ready()
}

runApp(main)
