import type { AccessKeyStore } from './access-key.store.port'
import type { DeliveryStore } from './delivery.store.port'
import type { EventStore } from './event.store.port'
import type { MediaStore } from './media.store.port'
import type { ProcedureStore } from './procedure.store.port'
import type { RunHistoryStore } from './run-history.store.port'
import type { RunStore } from './run.store.port'
import type { SubAppStore } from './sub-app.store.port'
import type { TemplateStore } from './template.store.port'
import type { UploadStore } from './upload.store.port'

export interface Stores {
  readonly templates: TemplateStore
  readonly procedures: ProcedureStore
  readonly media: MediaStore
  readonly runs: RunStore
  readonly history: RunHistoryStore
  readonly events: EventStore
  readonly deliveries: DeliveryStore
  readonly accessKeys: AccessKeyStore
  readonly subApps: SubAppStore
  readonly uploads: UploadStore
}

export abstract class UnitOfWork {
  /** Runs the work in one READ COMMITTED transaction: all of it is stored when this returns, or nothing. */
  abstract run<Result>(work: (stores: Stores) => Promise<Result>): Promise<Result>

  /** Single reads, without a transaction. */
  abstract readonly stores: Stores
}
