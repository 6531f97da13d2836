import type { SubAppId } from '@libs/kernel'
import type { WebhookStore } from './callers/webhook.store.port'
import type { IdempotencyKeyStore } from './callers/idempotency-key.store.port'
import type { AccessKeyStore } from './access-key.store.port'
import type { DeliveryStore } from './delivery.store.port'
import type { EventStore } from './event.store.port'
import type { MediaStore } from './media.store.port'
import type { ProcedureStore } from './procedure.store.port'
import type { QueueStore } from './queue.store.port'
import type { RunHistoryStore } from './run-history.store.port'
import type { RunStore } from './run.store.port'
import type { SubAppStore } from './sub-app.store.port'
import type { TemplateStore } from './template.store.port'
import type { UploadStore } from './upload.store.port'

/** What is divided among sub-applications. */
export interface SubAppStores {
  readonly templates: TemplateStore
  readonly procedures: ProcedureStore
  readonly media: MediaStore
  readonly runs: RunStore
  readonly history: RunHistoryStore
  readonly queues: QueueStore
  readonly events: EventStore
  readonly deliveries: DeliveryStore
  readonly webhooks: WebhookStore
  readonly accessKeys: AccessKeyStore
  readonly idempotencyKeys: IdempotencyKeyStore
  readonly uploads: UploadStore
}

export interface Stores extends SubAppStores {
  readonly subApps: SubAppStore
}

/** For whoever serves a caller: a sub-application's own rows, and no others whatever a statement says. */
export abstract class SubAppWork {
  /** As `UnitOfWork.run`. */
  abstract run<Result>(subAppId: SubAppId, work: (stores: SubAppStores) => Promise<Result>): Promise<Result>
}

/** For whoever serves no caller, or does not know yet which sub-application he is in: all rows. */
export abstract class UnitOfWork {
  /** Runs the work in one READ COMMITTED transaction: all of it is stored when this returns, or nothing. */
  abstract run<Result>(work: (stores: Stores) => Promise<Result>): Promise<Result>

  /** Single reads, without a transaction. */
  abstract readonly stores: Stores
}
