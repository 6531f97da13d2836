import type { Clock } from '@libs/kernel'
import type { DispatchedTask, Dispatcher } from '../../ports/dispatcher.port'
import type { Doorbell } from '../../ports/doorbell.port'
import type { UnitOfWork } from '../../ports/stores/unit-of-work.port'
import { lookAgainMs } from './dispatch-due'
import type { SettleTasks } from '../settling/settle-tasks'

const batch = 100

/** Looks for the jobs of tasks that have been away for long, and mends what the queue or a dead deliverer has lost. */
export class Reconcile {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly dispatcher: Dispatcher,
    private readonly settleTasks: SettleTasks,
    private readonly doorbell: Doorbell,
  ) {}

  /** @returns how many tasks were mended */
  async execute(): Promise<number> {
    const at = new Date(this.clock.nowMs())
    const { runs, deliveries } = this.unitOfWork.stores
    await deliveries.endLeases(at)
    if (await this.dispatcher.noticeWipe()) await runs.expectAllOverdue(at)
    const overdue = await runs.claimOverdue(batch, at, new Date(at.getTime() + lookAgainMs))
    let mended = 0
    for (const task of overdue) if (await this.mend(task)) mended += 1
    return mended
  }

  private async mend(task: DispatchedTask): Promise<boolean> {
    const sight = await this.dispatcher.look(task)
    if (sight.status === 'underWay') return false
    if (sight.status === 'gone') return this.dispatchAgain(task)
    await this.settleTasks.execute([{ ...task, outcome: sight.outcome }])
    await this.dispatcher.forget(task)
    return true
  }

  /** The queue forgot the job: the task is due again, and its next generation fences the lost one. */
  private async dispatchAgain({ taskId, generation }: DispatchedTask): Promise<boolean> {
    const isDue = await this.unitOfWork.run(async ({ runs }) => {
      const [locked] = await runs.lockTasks([taskId])
      if (locked?.task.state !== 'dispatched' || locked.task.generation !== generation) return false
      const { task } = locked
      await runs.postponeTasks([{ task, tries: task.tries, dueAt: new Date(this.clock.nowMs()) }])
      return true
    })
    if (isDue) this.doorbell.ringHere('tasks')
    return isDue
  }
}
