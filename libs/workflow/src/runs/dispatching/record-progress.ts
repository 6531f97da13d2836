import type { Dispatcher } from '../../ports/dispatcher.port'
import type { UnitOfWork } from '../../ports/stores/unit-of-work.port'
import type { QueueDepths } from './queue-depths'

/** 100 is for success to say. */
const mostPercent = 99

/** Brings what workers say of running tasks to where callers look, and to the depth of the queues. It may be lost. */
export class RecordProgress {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly dispatcher: Dispatcher,
    private readonly depths: QueueDepths,
  ) {}

  async execute(): Promise<void> {
    const { runs } = this.unitOfWork.stores
    const told = await this.dispatcher.progressOf(await runs.dispatchedKinds())
    this.depths.measure(told.map(({ kind }) => kind))
    await runs.recordProgress(told.map((each) => ({ ...each, percent: Math.min(each.percent, mostPercent) })))
  }
}
