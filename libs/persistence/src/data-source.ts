import { answeredSocket } from '@libs/kernel'
import pg from 'pg'
import { DataSource, type DataSourceOptions, type MixedList } from 'typeorm'
import { z } from 'zod'
import { BusyPool } from './busy-pool'
import { AccessKeyEntity } from './entities/access/access-key.entity'
import { AdmittedEntity } from './entities/access/admitted.entity'
import { IdempotencyKeyEntity } from './entities/access/idempotency-key.entity'
import { DeliveryEntity } from './entities/events/delivery.entity'
import { EndpointEntity } from './entities/events/endpoint.entity'
import { EventConfigEntity } from './entities/events/event-config.entity'
import { EventEntity } from './entities/events/event.entity'
import { JanitorPassEntity } from './entities/janitor-pass.entity'
import { MediaEntity } from './entities/media.entity'
import { NamedQueueEntity } from './entities/named-queue.entity'
import { ProcedureEntity } from './entities/procedure.entity'
import { RemovalEntity } from './entities/removal.entity'
import { PullEventEntity } from './entities/events/pull-event.entity'
import { RunEntity } from './entities/run.entity'
import { SessionEntity } from './entities/session.entity'
import { SubAppEntity } from './entities/access/sub-app.entity'
import { TaskEntity } from './entities/task.entity'
import { TemplateEntity } from './entities/template.entity'
import { WebhookEntity } from './entities/events/webhook.entity'
import { UploadEntity } from './entities/upload.entity'

/** The settings that this room needs. */
export const databaseEnv = {
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'expected postgres://user:password@host:port/database' }),
} as const

const entities = [
  AccessKeyEntity,
  AdmittedEntity,
  IdempotencyKeyEntity,
  SubAppEntity,
  UploadEntity,
  TemplateEntity,
  ProcedureEntity,
  NamedQueueEntity,
  MediaEntity,
  RemovalEntity,
  RunEntity,
  SessionEntity,
  TaskEntity,
  EventEntity,
  EndpointEntity,
  WebhookEntity,
  DeliveryEntity,
  PullEventEntity,
  EventConfigEntity,
  JanitorPassEntity,
]

/** In ms; 0 is no limit. Waiting for a free connection and making one may come one after the other; a silent one is given up for good. */
const patience = {
  caller: { connect: 2_200, statement: 3_500, lock: 3_000, answer: 4_000, idleInTransaction: 10_000 },
  loop: { connect: 5_000, statement: 15_000, lock: 10_000, answer: 20_000, idleInTransaction: 30_000 },
  // Large tables take their time. Locks do not: others wait behind who waits for one, and within a second of a deadlock
  // (deadlock_timeout) it would be the product's transaction that is ended.
  migration: { connect: 5_000, statement: 0, lock: 500, answer: 86_400_000, idleInTransaction: 0 },
} as const

export interface DatabaseOptions {
  readonly url: string
  readonly poolSize?: number
  /** Who waits: a caller, who is answered within 5 s whatever happens, a loop, which comes again, or nobody but a migration. */
  readonly waiting?: keyof typeof patience
  /** Only who migrates needs them. */
  readonly migrations?: MixedList<new () => object>
}

/** How every process speaks to PostgreSQL: no synchronising of schemas, and nothing waits without a limit. */
export function databaseOptions(options: DatabaseOptions): DataSourceOptions {
  const { url, poolSize = 10, migrations = [], waiting = 'loop' } = options
  const limits = patience[waiting]
  return {
    type: 'postgres',
    driver: { ...pg, Pool: BusyPool },
    url,
    entities,
    migrations: migrations as DataSourceOptions['migrations'] & object,
    migrationsTableName: 'schema_migration',
    synchronize: false,
    poolSize,
    connectTimeoutMS: limits.connect,
    extra: {
      // The second of two last tasks must see the first one's end after waiting for the run's lock.
      options: '-c default_transaction_isolation=read\\ committed',
      statement_timeout: limits.statement,
      lock_timeout: limits.lock,
      idle_in_transaction_session_timeout: limits.idleInTransaction,
      keepAlive: true,
      stream: () => answeredSocket(limits.answer),
    },
  }
}

export function createDataSource(options: DatabaseOptions): DataSource {
  return new DataSource(databaseOptions(options))
}
