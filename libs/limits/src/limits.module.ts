import { RateLimiter } from '@libs/workflow'
import { type DynamicModule, Global, Module, type OnApplicationShutdown } from '@nestjs/common'
import type { RateLimitSettings } from './limits.env'
import { SharedRateLimiter } from './shared-rate-limiter'

/** Binds `RateLimiter`. */
@Global()
@Module({})
export class LimitsModule implements OnApplicationShutdown {
  constructor(private readonly limiter: SharedRateLimiter) {}

  static forRoot(settings: RateLimitSettings): DynamicModule {
    return {
      module: LimitsModule,
      providers: [
        { provide: SharedRateLimiter, useFactory: () => new SharedRateLimiter(settings) },
        { provide: RateLimiter, useExisting: SharedRateLimiter },
      ],
      exports: [RateLimiter],
    }
  }

  onApplicationShutdown(): void {
    this.limiter.close()
  }
}
