import type { SubAppId } from '@libs/kernel'
import { type Stores, type SubAppStores, SubAppWork, UnitOfWork } from '@libs/workflow'
import { MemoryAccessKeyStore, MemoryIdempotencyKeyStore, MemorySubAppStore } from './memory-access.store'
import { MemoryProcedureStore, MemoryTemplateStore } from './memory-catalogue.store'
import { MemoryDeliveryStore } from './events/memory-delivery.store'
import { MemoryWebhookStore } from './events/memory-webhook.store'
import { MemoryEventStore } from './events/memory-event.store'
import { MemoryMediaStore } from './memory-media.store'
import { MemoryQueueStore } from './runs/memory-queue.store'
import { MemoryRunHistoryStore } from './runs/memory-run-history.store'
import { MemoryRunStore } from './runs/memory-run.store'
import { MemoryTables } from './memory-tables'
import { MemoryUploadStore } from './memory-upload.store'

/** All stores in memory: transactions one after another, undone when they throw. */
export class MemoryUnitOfWork extends UnitOfWork {
  readonly tables = new MemoryTables()
  /** Trusts the stores, which are asked for one sub-application at a time anyway. */
  readonly subAppWork: SubAppWork = new MemorySubAppWork(this)
  private last: Promise<unknown> = Promise.resolve()

  override readonly stores: Stores = {
    templates: new MemoryTemplateStore(this.tables),
    procedures: new MemoryProcedureStore(this.tables),
    media: new MemoryMediaStore(this.tables),
    runs: new MemoryRunStore(this.tables),
    history: new MemoryRunHistoryStore(this.tables),
    queues: new MemoryQueueStore(this.tables),
    events: new MemoryEventStore(this.tables),
    deliveries: new MemoryDeliveryStore(this.tables),
    webhooks: new MemoryWebhookStore(this.tables),
    accessKeys: new MemoryAccessKeyStore(this.tables),
    idempotencyKeys: new MemoryIdempotencyKeyStore(this.tables),
    subApps: new MemorySubAppStore(this.tables),
    uploads: new MemoryUploadStore(this.tables),
  }

  override run<Result>(work: (stores: Stores) => Promise<Result>): Promise<Result> {
    const mine = this.last.then(() => this.transaction(work))
    this.last = mine.catch(() => undefined)
    return mine
  }

  private async transaction<Result>(work: (stores: Stores) => Promise<Result>): Promise<Result> {
    const undo = this.tables.remember()
    try {
      return await work(this.stores)
    } catch (thrown) {
      undo()
      throw thrown
    }
  }
}

class MemorySubAppWork extends SubAppWork {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super()
  }

  override run<Result>(_subAppId: SubAppId, work: (stores: SubAppStores) => Promise<Result>): Promise<Result> {
    return this.unitOfWork.run(work)
  }
}
