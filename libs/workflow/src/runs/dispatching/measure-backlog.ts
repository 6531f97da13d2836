import type { Clock } from '@libs/kernel'
import type { Overdue } from '../../ports/stores/run.store.port'
import type { UnitOfWork } from '../../ports/stores/unit-of-work.port'

export interface Backlog {
  readonly count: number
  /** How long the first of them waits; 0 when there is none. */
  readonly ageMs: number
}

/** Tells how far what was committed is ahead of what was done about it. */
export class MeasureBacklog {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<{ tasks: Backlog; deliveries: Backlog; disabledEndpoints: number }> {
    const at = new Date(this.clock.nowMs())
    const { runs, deliveries } = this.unitOfWork.stores
    const [tasks, { disabledEndpoints, ...due }] = await Promise.all([runs.overdue(at), deliveries.backlog(at)])
    return { tasks: backlogOf(tasks, at), deliveries: backlogOf(due, at), disabledEndpoints }
  }
}

function backlogOf({ count, since }: Overdue, at: Date): Backlog {
  return { count, ageMs: since === undefined ? 0 : at.getTime() - since.getTime() }
}
