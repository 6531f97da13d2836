import { DialectsModule } from '@libs/dialects'
import { logOptions } from '@libs/kernel'
import { LimitsModule } from '@libs/limits'
import { SharpImageNormalizer } from '@libs/media'
import { PersistenceModule } from '@libs/persistence'
import { RestModule } from '@libs/rest'
import { openStorage, PublicFileUrls } from '@libs/storage'
import { ImageNormalizer, SourceStore } from '@libs/tasks'
import { CallerUseCases, FileUrls, StoredFiles, UploadUrls } from '@libs/workflow'
import { type DynamicModule, Global, Module } from '@nestjs/common'
import { LoggerModule } from 'nestjs-pino'
import { destination } from 'pino'
import type { ApiSettings } from './api-env'
import { HealthController } from './health-controller'

/** Where bytes live, and where the outside finds them. */
@Global()
@Module({})
class FilesModule {
  static forRoot(settings: ApiSettings): DynamicModule {
    const { sources, files, uploads } = openStorage(settings)
    const providers = [
      { provide: SourceStore, useValue: sources },
      { provide: StoredFiles, useValue: files },
      { provide: UploadUrls, useValue: uploads },
      { provide: ImageNormalizer, useValue: new SharpImageNormalizer() },
      { provide: FileUrls, useValue: new PublicFileUrls(settings) },
    ]
    return { module: FilesModule, providers, exports: providers }
  }
}

/** The API process: every door over the one set of use cases. It never touches the queue. */
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
        PersistenceModule.forRoot({ url: settings.DATABASE_URL }, settings),
        FilesModule.forRoot(settings),
        LimitsModule.forRoot(settings),
      ],
    }
  }
}
