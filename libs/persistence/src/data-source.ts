import { DataSource, type DataSourceOptions, type MixedList } from 'typeorm'
import { z } from 'zod'
import { AccessKeyEntity } from './entities/access/access-key.entity'
import { AdmittedEntity } from './entities/access/admitted.entity'
import { DeliveryEntity } from './entities/events/delivery.entity'
import { EndpointEntity } from './entities/events/endpoint.entity'
import { EventConfigEntity } from './entities/events/event-config.entity'
import { EventEntity } from './entities/events/event.entity'
import { MediaEntity } from './entities/media.entity'
import { ProcedureEntity } from './entities/procedure.entity'
import { RemovalEntity } from './entities/removal.entity'
import { PullEventEntity } from './entities/events/pull-event.entity'
import { RunEntity } from './entities/run.entity'
import { SessionEntity } from './entities/session.entity'
import { SubAppEntity } from './entities/access/sub-app.entity'
import { TaskEntity } from './entities/task.entity'
import { TemplateEntity } from './entities/template.entity'
import { UploadEntity } from './entities/upload.entity'

/** The settings that this room needs. */
export const databaseEnv = {
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'expected postgres://user:password@host:port/database' }),
} as const

const entities = [
  AccessKeyEntity,
  AdmittedEntity,
  SubAppEntity,
  UploadEntity,
  TemplateEntity,
  ProcedureEntity,
  MediaEntity,
  RemovalEntity,
  RunEntity,
  SessionEntity,
  TaskEntity,
  EventEntity,
  EndpointEntity,
  DeliveryEntity,
  PullEventEntity,
  EventConfigEntity,
]

export interface DatabaseOptions {
  readonly url: string
  readonly poolSize?: number
  /** Only who migrates needs them. */
  readonly migrations?: MixedList<new () => object>
}

/** How every process speaks to PostgreSQL: no synchronising of schemas, and nothing waits without a limit. */
export function databaseOptions({ url, poolSize = 10, migrations = [] }: DatabaseOptions): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities,
    migrations: migrations as DataSourceOptions['migrations'] & object,
    migrationsTableName: 'schema_migration',
    synchronize: false,
    poolSize,
    connectTimeoutMS: 5_000,
    extra: {
      // The second of two last tasks must see the first one's end after waiting for the run's lock.
      options: '-c default_transaction_isolation=read\\ committed',
      statement_timeout: 15_000,
      lock_timeout: 10_000,
      idle_in_transaction_session_timeout: 30_000,
      keepAlive: true,
    },
  }
}

export function createDataSource(options: DatabaseOptions): DataSource {
  return new DataSource(databaseOptions(options))
}
