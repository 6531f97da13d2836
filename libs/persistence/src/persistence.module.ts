import { Clock } from '@libs/kernel'
import { Doorbell, RetentionStore, SubAppWork, UnitOfWork } from '@libs/workflow'
import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Global,
  Module,
  type OnApplicationBootstrap,
} from '@nestjs/common'
import { TypeOrmModule } from '@nestjs/typeorm'
import { DataSource } from 'typeorm'
import { checkRoles } from './check-roles'
import { type DatabaseOptions, databaseOptions } from './data-source'
import { DatabaseClock } from './database-clock'
import { DatabaseProbe } from './database-probe'
import { PostgresDoorbell } from './postgres-doorbell'
import { PostgresSubAppWork, PostgresUnitOfWork } from './postgres-unit-of-work'
import { PostgresRetentionStore } from './stores/retention/postgres-retention.store'
import { checkSecrets } from './secrets/keep-secrets'
import { Keyring } from './secrets/keyring'
import { type MasterKeySettings, openKeyring } from './secrets/master-key.env'

export interface PersistenceOptions extends DatabaseOptions {
  /** The migrations that this code relies on. */
  readonly migrationNames: readonly string[]
}

/** Binds the ports that PostgreSQL answers: UnitOfWork, SubAppWork, RetentionStore, Clock and Doorbell. Offers DatabaseProbe. */
@Global()
@Module({})
export class PersistenceModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly clock: DatabaseClock,
    private readonly doorbell: PostgresDoorbell,
    private readonly dataSource: DataSource,
    private readonly keyring: Keyring,
  ) {}

  /** @throws SettingsError when there is no master key; at the start of the app, when it is not the database's */
  static forRoot(options: PersistenceOptions, masterKey: MasterKeySettings): DynamicModule {
    return {
      module: PersistenceModule,
      imports: [TypeOrmModule.forRoot({ ...databaseOptions(options), retryAttempts: 10, retryDelay: 1_000 })],
      providers: [
        { provide: DatabaseClock, useFactory: (source: DataSource) => new DatabaseClock(source), inject: [DataSource] },
        {
          provide: PostgresDoorbell,
          useFactory: (source: DataSource) => new PostgresDoorbell(source, options.url),
          inject: [DataSource],
        },
        {
          provide: UnitOfWork,
          useFactory: (source: DataSource, keyring: Keyring) => new PostgresUnitOfWork(source, keyring),
          inject: [DataSource, Keyring],
        },
        {
          provide: SubAppWork,
          useFactory: (source: DataSource, keyring: Keyring) => new PostgresSubAppWork(source, keyring),
          inject: [DataSource, Keyring],
        },
        {
          provide: RetentionStore,
          useFactory: (source: DataSource) => new PostgresRetentionStore(source),
          inject: [DataSource],
        },
        {
          provide: DatabaseProbe,
          useFactory: (source: DataSource) => new DatabaseProbe(source, options.migrationNames),
          inject: [DataSource],
        },
        { provide: Keyring, useValue: openKeyring(masterKey) },
        { provide: Clock, useExisting: DatabaseClock },
        { provide: Doorbell, useExisting: PostgresDoorbell },
      ],
      exports: [UnitOfWork, SubAppWork, Clock, Doorbell, DatabaseProbe, RetentionStore],
    }
  }

  async onApplicationBootstrap(): Promise<void> {
    await checkRoles(this.dataSource)
    await checkSecrets(this.dataSource, this.keyring)
    await this.clock.start()
    await this.doorbell.start()
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.clock.stop()
    await this.doorbell.stop()
  }
}
