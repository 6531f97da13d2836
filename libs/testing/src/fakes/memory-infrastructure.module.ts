import { Clock, SystemClock } from '@libs/kernel'
import { SharpImageNormalizer } from '@libs/media'
import { ImageNormalizer, SourceStore } from '@libs/tasks'
import {
  CallerUseCases,
  Doorbell,
  FailedAuth,
  FileUrls,
  FirstSeen,
  GrowingFiles,
  InFlight,
  ObjectUrls,
  RateLimiter,
  StoredFiles,
  SubAppWork,
  UnitOfWork,
  UploadUrls,
  WaitingRoom,
} from '@libs/workflow'
import { type DynamicModule, Module } from '@nestjs/common'
import { MemoryGrowingFiles } from '../stores/memory-growing-files'
import { MemorySourceStore } from '../stores/memory-stores'
import { ExampleObjectUrls } from './example-object-urls'
import { ExampleFileUrls } from './example-file-urls'
import type { MemoryUnitOfWork } from './memory-unit-of-work'
import { SilentDoorbell } from './silent-doorbell'

/** No door hands out files in memory. */
class NoStoredFiles extends StoredFiles {
  override async find(): Promise<undefined> {
    return undefined
  }

  override async join(): Promise<void> {
    return undefined
  }

  override async removeAll(): Promise<void> {
    return undefined
  }

  override async *list(): AsyncGenerator<never> {
    // Nothing is in it.
  }
}

class NoRateLimiter extends RateLimiter {
  override async take(): Promise<boolean> {
    return true
  }
}

class NoFailedAuth extends FailedAuth {
  override refuse(): void {
    return undefined
  }

  override async note(): Promise<void> {
    return undefined
  }
}

class NoInFlight extends InFlight {
  override enter(): () => void {
    return () => undefined
  }
}

class MemoryFirstSeen extends FirstSeen {
  private readonly noted = new Map<string, number>()

  override async note(digest: string, atMs: number): Promise<number> {
    const firstMs = this.noted.get(digest) ?? atMs
    this.noted.set(digest, firstMs)
    return firstMs
  }
}

class NoUploadUrls extends UploadUrls {
  override readonly place = { bucket: 'memory', region: '', keyPrefix: '' }

  override async putUrlOf(): Promise<undefined> {
    return undefined
  }

  override async lend(): Promise<undefined> {
    return undefined
  }
}

/** All that the doors (dialects, REST) ask of an app, in memory. */
@Module({})
export class MemoryInfrastructure {
  static around(unitOfWork: MemoryUnitOfWork, sources: SourceStore = new MemorySourceStore()): DynamicModule {
    const providers = [
      { provide: UnitOfWork, useValue: unitOfWork },
      { provide: SubAppWork, useValue: unitOfWork.subAppWork },
      { provide: Clock, useClass: SystemClock },
      { provide: Doorbell, useClass: SilentDoorbell },
      { provide: SourceStore, useValue: sources },
      { provide: ImageNormalizer, useClass: SharpImageNormalizer },
      { provide: FileUrls, useClass: ExampleFileUrls },
      { provide: StoredFiles, useClass: NoStoredFiles },
      { provide: GrowingFiles, useValue: new MemoryGrowingFiles(sources) },
      { provide: RateLimiter, useClass: NoRateLimiter },
      { provide: FailedAuth, useClass: NoFailedAuth },
      { provide: InFlight, useClass: NoInFlight },
      { provide: FirstSeen, useClass: MemoryFirstSeen },
      { provide: ObjectUrls, useClass: ExampleObjectUrls },
      { provide: UploadUrls, useClass: NoUploadUrls },
      { provide: WaitingRoom, useValue: new WaitingRoom(0, new SystemClock()) },
    ]
    return {
      module: MemoryInfrastructure,
      global: true,
      imports: [CallerUseCases],
      providers,
      exports: [...providers.map(({ provide }) => provide), CallerUseCases],
    }
  }
}
