import type { SubAppId } from '@libs/kernel'
import { type Stores, type SubAppStores, SubAppWork, UnitOfWork } from '@libs/workflow'
import type { DataSource, EntityManager } from 'typeorm'
import type { Keyring } from './secrets/keyring'
import { PostgresAccessKeyStore } from './stores/postgres-access-key.store'
import { PostgresIdempotencyKeyStore } from './stores/postgres-idempotency-key.store'
import { PostgresMediaStore } from './stores/media/postgres-media.store'
import { PostgresDeliveryStore } from './stores/events/postgres-delivery.store'
import { PostgresEventStore } from './stores/events/postgres-event.store'
import { PostgresWebhookStore } from './stores/events/postgres-webhook.store'
import { PostgresProcedureStore } from './stores/postgres-procedure.store'
import { PostgresQueueStore } from './stores/postgres-queue.store'
import { PostgresRunHistoryStore } from './stores/runs/postgres-run-history.store'
import { PostgresRunStore } from './stores/runs/postgres-run.store'
import { PostgresSubAppStore } from './stores/postgres-sub-app.store'
import { PostgresTemplateStore } from './stores/postgres-template.store'
import { PostgresUploadStore } from './stores/postgres-upload.store'

function storesOf(manager: EntityManager, keyring: Keyring): Stores {
  return {
    templates: new PostgresTemplateStore(manager),
    procedures: new PostgresProcedureStore(manager),
    media: new PostgresMediaStore(manager),
    runs: new PostgresRunStore(manager),
    history: new PostgresRunHistoryStore(manager),
    queues: new PostgresQueueStore(manager),
    events: new PostgresEventStore(manager, keyring),
    deliveries: new PostgresDeliveryStore(manager, keyring),
    webhooks: new PostgresWebhookStore(manager, keyring),
    accessKeys: new PostgresAccessKeyStore(manager, keyring),
    idempotencyKeys: new PostgresIdempotencyKeyStore(manager),
    subApps: new PostgresSubAppStore(manager),
    uploads: new PostgresUploadStore(manager),
  }
}

export class PostgresUnitOfWork extends UnitOfWork {
  override readonly stores: Stores

  constructor(
    private readonly dataSource: DataSource,
    private readonly keyring: Keyring,
  ) {
    super()
    this.stores = storesOf(dataSource.manager, keyring)
  }

  override run<Result>(work: (stores: Stores) => Promise<Result>): Promise<Result> {
    return this.dataSource.transaction((manager) => work(storesOf(manager, this.keyring)))
  }
}

/** The role that has rights in a sub-application's tables and is held to the rows of the one that is bound. */
export const tenantRole = 'stillflow_tenant'

/** The setting that policies compare with; without it they show nothing. */
export const boundSubApp = 'stillflow.sub_app'

/**
 * In one message, for accepting a call is a caller's wait. What is set ends with the transaction, so a pooler may give the
 * connection to anybody after it.
 */
const begin = (subAppId: SubAppId) =>
  `begin; set local role ${tenantRole}; set local ${boundSubApp} = '${Number(subAppId)}'`

/** What TypeORM notes when it has begun a transaction itself. */
const hasBegun = { isTransactionActive: true, transactionDepth: 1 }

export class PostgresSubAppWork extends SubAppWork {
  constructor(
    private readonly dataSource: DataSource,
    private readonly keyring: Keyring,
  ) {
    super()
  }

  override async run<Result>(subAppId: SubAppId, work: (stores: SubAppStores) => Promise<Result>): Promise<Result> {
    const runner = Object.assign(this.dataSource.createQueryRunner(), hasBegun)
    try {
      await runner.query(begin(subAppId))
      const result = await work(storesOf(runner.manager, this.keyring))
      await runner.commitTransaction()
      return result
    } catch (thrown) {
      // Where there is no connection any more, nothing has to be undone.
      await runner.rollbackTransaction().catch(() => undefined)
      throw thrown
    } finally {
      await runner.release()
    }
  }
}
