import type { Clock } from '@libs/kernel'
import type { Dispatcher } from '../../ports/dispatcher.port'
import type { Doorbell } from '../../ports/doorbell.port'
import type { EventRenderer } from '../../ports/event-renderer.port'
import type { UnitOfWork } from '../../ports/stores/unit-of-work.port'
import { type OnSettled, ringFor, settleVerdicts } from './settle-verdicts'

/** Tasks that one transaction ends at most; a run may have several hundred. */
const batch = 500

const faultOf = (withRun: boolean) =>
  ({ code: 'task.aborted', detail: `The ${withRun ? 'run' : 'task'} was aborted.` }) as const

/** Ends the tasks that are to be aborted, and what is open of the runs that are. */
export class SettleAborts {
  private onSettled: OnSettled = () => undefined

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly dispatcher: Dispatcher,
    private readonly renderer: EventRenderer,
    private readonly doorbell: Doorbell,
  ) {}

  watch(onSettled: OnSettled): void {
    this.onSettled = onSettled
  }

  /**
   * Does not wait for workers to leave their tasks: whatever they still bring is stale. The end is committed after they
   * were told; a crash in between tells them again.
   * @returns how many tasks it ended
   */
  async execute(): Promise<number> {
    const at = new Date(this.clock.nowMs())
    const settled = await this.unitOfWork.run(async (stores) => {
      const open = await stores.runs.lockAborted(batch)
      const tasks = open.map(({ task }) => task)
      const dispatched = tasks.filter(({ state }) => state === 'dispatched')
      await this.dispatcher.stop(dispatched.map(({ id, generation, kind }) => ({ taskId: id, generation, kind })))
      const verdicts = open.map(({ task, withRun }) => ({ status: 'failed', task, fault: faultOf(withRun) }) as const)
      return settleVerdicts(stores, this.renderer, open, verdicts, at)
    })
    ringFor(settled.ways, this.doorbell)
    this.onSettled(settled)
    return settled.verdicts.length
  }
}
