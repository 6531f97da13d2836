import { Clock } from '@libs/kernel'
import { FailedAuth, FirstSeen, InFlight, RateLimiter, UnitOfWork, WaitingRoom } from '@libs/workflow'
import { type DynamicModule, Global, Module, type OnApplicationShutdown } from '@nestjs/common'
import { CountedInFlight } from './counted-in-flight'
import type { LimitSettings } from './limits.env'
import { connectLimits } from './limits-redis'
import { SharedFailedAuth } from './shared-failed-auth'
import { SharedFirstSeen } from './shared-first-seen'
import { SharedRateLimiter } from './shared-rate-limiter'

class Connection {
  constructor(readonly redis: ReturnType<typeof connectLimits> | undefined) {}
}

/** Binds `RateLimiter`, `FailedAuth`, `FirstSeen`, `InFlight` and `WaitingRoom`. Needs UnitOfWork and Clock from a global module. */
@Global()
@Module({})
export class LimitsModule implements OnApplicationShutdown {
  constructor(private readonly connection: Connection) {}

  static forRoot(settings: LimitSettings): DynamicModule {
    const { REDIS_URL, RATE_LIMITS, FAILED_AUTH_PER_MINUTE, MAX_IN_FLIGHT, MAX_WAITING_TASKS } = settings
    const inject = [Connection]
    return {
      module: LimitsModule,
      providers: [
        {
          provide: Connection,
          useFactory: () => new Connection(REDIS_URL === undefined ? undefined : connectLimits(REDIS_URL)),
        },
        {
          provide: RateLimiter,
          useFactory: ({ redis }: Connection) => new SharedRateLimiter(RATE_LIMITS, redis),
          inject,
        },
        {
          provide: FailedAuth,
          useFactory: ({ redis }: Connection) => new SharedFailedAuth(FAILED_AUTH_PER_MINUTE, redis),
          inject,
        },
        {
          provide: FirstSeen,
          useFactory: ({ redis }: Connection, unitOfWork: UnitOfWork) => new SharedFirstSeen(redis, unitOfWork),
          inject: [Connection, UnitOfWork],
        },
        { provide: InFlight, useFactory: () => new CountedInFlight(MAX_IN_FLIGHT) },
        {
          provide: WaitingRoom,
          useFactory: (clock: Clock) => new WaitingRoom(MAX_WAITING_TASKS, clock),
          inject: [Clock],
        },
      ],
      exports: [RateLimiter, FailedAuth, FirstSeen, InFlight, WaitingRoom],
    }
  }

  onApplicationShutdown(): void {
    this.connection.redis?.disconnect()
  }
}
