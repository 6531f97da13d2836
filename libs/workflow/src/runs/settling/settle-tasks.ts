import type { Clock, TaskId } from '@libs/kernel'
import type { Outcome } from '../../ports/dispatcher.port'
import type { Doorbell } from '../../ports/doorbell.port'
import type { EventRenderer } from '../../ports/event-renderer.port'
import type { DueTask } from '../../ports/stores/run.store.port'
import type { UnitOfWork } from '../../ports/stores/unit-of-work.port'
import { judgeOutcome, type Verdict } from './judge-outcome'
import { type OnSettled, ringFor, settleVerdicts } from './settle-verdicts'

export interface SettleTaskCommand {
  readonly taskId: TaskId
  /** The dispatch that the outcome is of: only the latest may settle. */
  readonly generation: number
  readonly outcome: Outcome
}

/** `stale`: the task was settled before, or has been dispatched again since. */
export type Settlement = Verdict['status'] | 'stale'

/**
 * Settles what workers bring. Idempotent, and indifferent to the order in which outcomes arrive. Many
 * outcomes are settled in one transaction, for little more than the price of one.
 */
export class SettleTasks {
  private onSettled: OnSettled = () => undefined

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly renderer: EventRenderer,
    private readonly doorbell: Doorbell,
  ) {}

  watch(onSettled: OnSettled): void {
    this.onSettled = onSettled
  }

  /** @returns what became of each command, in their order */
  async execute(commands: readonly SettleTaskCommand[]): Promise<readonly Settlement[]> {
    const at = new Date(this.clock.nowMs())
    const { settlements, settled, released } = await this.unitOfWork.run(async (stores) => {
      const locked = await stores.runs.lockTasks(commands.map(({ taskId }) => taskId))
      const due = new Map(locked.map((each) => [each.task.id, each]))
      const verdicts = commands.map((command) => takeVerdict(due, command, at))
      const taken = verdicts.filter((verdict) => verdict !== undefined)
      const done = await settleVerdicts(stores, this.renderer, locked, taken, at)
      const statuses = verdicts.map((verdict) => verdict?.status ?? ('stale' as const))
      return { settlements: statuses, settled: done, released: taken.some(({ task }) => task.kind === 'ingest') }
    })
    if (released) this.doorbell.ringHere('tasks')
    ringFor(settled.ways, this.doorbell)
    this.onSettled(settled)
    return settlements
  }
}

/** Judges a command whose task is at its dispatch, once: a second word on it in the same batch is stale. */
function takeVerdict(
  due: Map<TaskId, DueTask>,
  { taskId, generation, outcome }: SettleTaskCommand,
  at: Date,
): Verdict | undefined {
  const task = due.get(taskId)?.task
  if (task?.state !== 'dispatched' || task.generation !== generation) return undefined
  due.delete(taskId)
  return judgeOutcome(task, outcome, at)
}
