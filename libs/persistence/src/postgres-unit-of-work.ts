import { type Stores, UnitOfWork } from '@libs/workflow'
import type { DataSource, EntityManager } from 'typeorm'
import type { Keyring } from './secrets/keyring'
import { PostgresAccessKeyStore } from './stores/postgres-access-key.store'
import { PostgresMediaStore } from './stores/media/postgres-media.store'
import { PostgresDeliveryStore } from './stores/events/postgres-delivery.store'
import { PostgresEventStore } from './stores/events/postgres-event.store'
import { PostgresProcedureStore } from './stores/postgres-procedure.store'
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
    events: new PostgresEventStore(manager, keyring),
    deliveries: new PostgresDeliveryStore(manager, keyring),
    accessKeys: new PostgresAccessKeyStore(manager, keyring),
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
