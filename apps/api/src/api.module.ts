import { DialectsModule } from '@libs/dialects'
import { type Check, diskCheck, Readiness, redisCheck } from '@libs/health'
import { logOptions, SystemClock } from '@libs/kernel'
import { LimitsModule } from '@libs/limits'
import { SharpImageNormalizer } from '@libs/media'
import { DatabaseProbe, PersistenceModule } from '@libs/persistence'
import { RestModule } from '@libs/rest'
import { localFolderOf, openStorage, PublicFileUrls, S3ObjectUrls } from '@libs/storage'
import { ImageNormalizer, SourceStore } from '@libs/tasks'
import { CallerUseCases, FileUrls, GrowingFiles, ObjectUrls, StoredFiles, UploadUrls } from '@libs/workflow'
import { type DynamicModule, Global, Module } from '@nestjs/common'
import { LoggerModule } from 'nestjs-pino'
import { destination } from 'pino'
import { resolve } from 'node:path'
import { migrations } from '../../../migrations'
import type { ApiSettings } from './api-env'
import { HealthController } from './health-controller'

/** Where bytes live, and where the outside finds them. */
@Global()
@Module({})
class FilesModule {
  static forRoot(settings: ApiSettings): DynamicModule {
    const { sources, files, growing, uploads } = openStorage(settings)
    const providers = [
      { provide: SourceStore, useValue: sources },
      { provide: StoredFiles, useValue: files },
      { provide: GrowingFiles, useValue: growing },
      { provide: UploadUrls, useValue: uploads },
      { provide: ObjectUrls, useValue: new S3ObjectUrls(settings) },
      { provide: ImageNormalizer, useValue: new SharpImageNormalizer() },
      { provide: FileUrls, useValue: new PublicFileUrls(settings, new SystemClock()) },
    ]
    return { module: FilesModule, providers, exports: providers }
  }
}

/** Without its database the API answers nothing; anything else it can do without for a while. */
function checksOf(settings: ApiSettings, probe: DatabaseProbe): readonly Check[] {
  const { REDIS_URL, STILLFLOW_DATA_DIR, MIN_FREE_DISK_MB } = settings
  const media = localFolderOf(settings)
  return [
    { name: 'database', means: 'broken', look: () => probe.look() },
    ...(REDIS_URL === undefined ? [] : [redisCheck(REDIS_URL, 'degraded')]),
    diskCheck({ data: resolve(STILLFLOW_DATA_DIR), ...(media !== undefined && { media }) }, MIN_FREE_DISK_MB),
  ]
}

/** The API process: every door over the one set of use cases. None of them touches the queue. */
@Module({ imports: [CallerUseCases, DialectsModule, RestModule], controllers: [HealthController] })
export class ApiModule {
  static forRoot(settings: ApiSettings): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        LoggerModule.forRoot({
          pinoHttp: [logOptions('api', settings.LOG_LEVEL), destination({ sync: true })],
          // The doors log what is worth a line themselves.
          forRoutes: [],
        }),
        PersistenceModule.forRoot(
          { url: settings.DATABASE_URL, migrationNames: migrations.map(({ name }) => name), waiting: 'caller' },
          settings,
        ),
        FilesModule.forRoot(settings),
        LimitsModule.forRoot(settings),
      ],
      providers: [
        {
          provide: Readiness,
          useFactory: (probe: DatabaseProbe) => new Readiness(checksOf(settings, probe)),
          inject: [DatabaseProbe],
        },
      ],
    }
  }
}
