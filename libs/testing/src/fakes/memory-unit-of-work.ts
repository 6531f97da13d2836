import { type Stores, UnitOfWork } from '@libs/workflow'
import { MemoryAccessKeyStore, MemorySubAppStore } from './memory-access.store'
import { MemoryMediaStore, MemoryProcedureStore, MemoryTemplateStore } from './memory-catalogue.store'
import { MemoryDeliveryStore } from './memory-delivery.store'
import { MemoryEventStore } from './memory-event.store'
import { MemoryRunStore } from './memory-run.store'
import { MemoryTables } from './memory-tables'

/** All stores in memory: transactions one after another, undone when they throw. */
export class MemoryUnitOfWork extends UnitOfWork {
  readonly tables = new MemoryTables()
  private last: Promise<unknown> = Promise.resolve()

  override readonly stores: Stores = {
    templates: new MemoryTemplateStore(this.tables),
    procedures: new MemoryProcedureStore(this.tables),
    media: new MemoryMediaStore(this.tables),
    runs: new MemoryRunStore(this.tables),
    events: new MemoryEventStore(this.tables),
    deliveries: new MemoryDeliveryStore(this.tables),
    accessKeys: new MemoryAccessKeyStore(this.tables),
    subApps: new MemorySubAppStore(this.tables),
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
