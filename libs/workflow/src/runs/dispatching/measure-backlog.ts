import type { Clock } from '@libs/kernel'
import type { OpenTasks } from '../../ports/stores/run.store.port'
import type { UnitOfWork } from '../../ports/stores/unit-of-work.port'

export interface Backlog {
  readonly tasks: readonly (Pick<OpenTasks, 'kind' | 'state' | 'count'> & { readonly ageMs: number })[]
  /** Deliveries that are due; the age is 0 when there is none. */
  readonly deliveries: { readonly count: number; readonly ageMs: number }
  readonly disabledEndpoints: number
}

/** Tells how far what was committed is ahead of what was done about it. */
export class MeasureBacklog {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<Backlog> {
    const at = new Date(this.clock.nowMs())
    const { runs, deliveries } = this.unitOfWork.stores
    const [open, due] = await Promise.all([runs.countOpen(at), deliveries.backlog(at)])
    const ageMs = (since: Date): number => at.getTime() - since.getTime()
    return {
      tasks: open.map(({ kind, state, count, since }) => ({ kind, state, count, ageMs: ageMs(since) })),
      deliveries: { count: due.count, ageMs: ageMs(due.since ?? at) },
      disabledEndpoints: due.disabledEndpoints,
    }
  }
}
