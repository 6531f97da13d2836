import { AppError, type Clock, type RunId, type SubAppId } from '@libs/kernel'
import type { Doorbell } from '../ports/doorbell.port'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'

/**
 * Has a run end before its time. What has ended by then stays as it is, and the run is announced as always; asking again,
 * or for a run that has ended, changes nothing.
 */
export class AbortRun {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
  ) {}

  /** Returns when the wish is stored; who moves runs onward fulfils it at once. @throws AppError `run.notFound` */
  async execute(subAppId: SubAppId, runId: RunId): Promise<void> {
    const { runs } = this.unitOfWork.stores
    if (await runs.askAbort(subAppId, runId, new Date(this.clock.nowMs()))) this.doorbell.ring('aborts')
    else if ((await runs.findProcess(subAppId, runId)) === undefined) {
      throw new AppError('run.notFound', `There is no task "${runId}".`, { field: 'runId' })
    }
  }
}
