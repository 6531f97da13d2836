import type { Dispatcher } from '../../ports/dispatcher.port'
import type { UnitOfWork } from '../../ports/stores/unit-of-work.port'

/** 100 is for success to say. */
const mostPercent = 99

/** Brings what workers say of running tasks to where callers look. It may be lost, and nothing hangs on it. */
export class RecordProgress {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly dispatcher: Dispatcher,
  ) {}

  async execute(): Promise<void> {
    const { runs } = this.unitOfWork.stores
    const told = await this.dispatcher.progressOf(await runs.dispatchedKinds())
    await runs.recordProgress(told.map((each) => ({ ...each, percent: Math.min(each.percent, mostPercent) })))
  }
}
