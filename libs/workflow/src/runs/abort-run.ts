import { AppError, type Clock, noteWork, type RunId, type SubAppId } from '@libs/kernel'
import type { Doorbell } from '../ports/doorbell.port'
import type { SubAppWork } from '../ports/stores/unit-of-work.port'
import { type RunState, runTransitions } from './states/run-state'
import { sourcesOf } from './states/transitions'

/**
 * Has a run end before its time. What has ended by then stays as it is, and the run is announced as always; asking again,
 * or for a run that has ended, changes nothing.
 */
export class AbortRun {
  constructor(
    private readonly work: SubAppWork,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
  ) {}

  /** Returns when the wish is stored; who moves runs onward fulfils it at once. @throws AppError `run.notFound` */
  async execute(subAppId: SubAppId, runId: RunId): Promise<void> {
    if (await this.ask(subAppId, runId, sourcesOf(runTransitions, 'aborted'))) return
    await this.find(subAppId, runId)
  }

  /** As `execute`, unless the run has begun. @throws AppError `run.notFound`, `run.hasBegun` */
  async beforeItBegins(subAppId: SubAppId, runId: RunId): Promise<void> {
    if (await this.ask(subAppId, runId, ['waiting'])) return
    await this.find(subAppId, runId)
    throw new AppError('run.hasBegun', 'The task has begun, or has ended.', { field: 'runId' })
  }

  private async ask(subAppId: SubAppId, runId: RunId, from: readonly RunState[]): Promise<boolean> {
    noteWork({ runId })
    const at = new Date(this.clock.nowMs())
    const isAsked = await this.work.run(subAppId, ({ runs }) => runs.askAbort(subAppId, runId, from, at))
    if (isAsked) this.doorbell.ring('aborts')
    return isAsked
  }

  private async find(subAppId: SubAppId, runId: RunId): Promise<void> {
    const found = await this.work.run(subAppId, ({ runs }) => runs.findProcess(subAppId, runId))
    if (found !== undefined) return
    throw new AppError('run.notFound', `There is no task "${runId}".`, { field: 'runId' })
  }
}
