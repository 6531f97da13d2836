import type { Clock, TaskId } from '@libs/kernel'
import type { Outcome } from '../../ports/dispatcher.port'
import type { Doorbell } from '../../ports/doorbell.port'
import type { EventRenderer } from '../../ports/event-renderer.port'
import type { Cover } from '../../ports/stores/media.store.port'
import type { DueTask } from '../../ports/stores/run.store.port'
import type { Stores, UnitOfWork } from '../../ports/stores/unit-of-work.port'
import type { SucceededTask } from '../run'
import { announceRuns, toAnnounce } from './announce-runs'
import { judgeOutcome, type Verdict } from './judge-outcome'

export interface SettleTaskCommand {
  readonly taskId: TaskId
  /** The dispatch that the outcome is of: only the latest may settle. */
  readonly generation: number
  readonly outcome: Outcome
}

/** `stale`: the task was settled before, or has been dispatched again since. */
export type Settlement = Verdict['status'] | 'stale'

type VerdictOf<Status extends Verdict['status']> = Extract<Verdict, { status: Status }>

function only<Status extends Verdict['status']>(verdicts: readonly Verdict[], status: Status) {
  return verdicts.filter((verdict): verdict is VerdictOf<Status> => verdict.status === status)
}

/**
 * The only way in which tasks and runs end. Idempotent, and indifferent to the order in which outcomes arrive. Many
 * outcomes are settled in one transaction, for little more than the price of one.
 */
export class SettleTasks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly renderer: EventRenderer,
    private readonly doorbell: Doorbell,
  ) {}

  /** @returns what became of each command, in their order */
  async execute(commands: readonly SettleTaskCommand[]): Promise<readonly Settlement[]> {
    const at = new Date(this.clock.nowMs())
    const { settlements, ways, released } = await this.unitOfWork.run(async (stores) => {
      const locked = await stores.runs.lockTasks(commands.map(({ taskId }) => taskId))
      const due = new Map(locked.map((each) => [each.task.id, each]))
      const verdicts = commands.map((command) => takeVerdict(due, command, at))
      const taken = verdicts.filter((verdict) => verdict !== undefined)
      const modes = await this.settle(stores, locked, taken, at)
      const statuses = verdicts.map((verdict) => verdict?.status ?? ('stale' as const))
      return { settlements: statuses, ways: modes, released: taken.some(({ task }) => task.kind === 'ingest') }
    })
    if (released) this.doorbell.ringHere('tasks')
    if (ways.has('push')) this.doorbell.ringHere('deliveries')
    if (ways.has('pull')) this.doorbell.ring('events')
    return settlements
  }

  private async settle(stores: Stores, locked: readonly DueTask[], verdicts: readonly Verdict[], at: Date) {
    const succeeded = only(verdicts, 'succeeded').map(({ task }) => task)
    const failed = only(verdicts, 'failed')
    await stores.runs.succeedTasks(succeeded, at)
    await stores.runs.failTasks(failed, at)
    await stores.runs.postponeTasks(only(verdicts, 'postponed'))
    const endedIds = new Set([...succeeded, ...failed.map(({ task }) => task)].map(({ id }) => id))
    const ended = locked.filter(({ task }) => endedIds.has(task.id))
    await this.settleIngests(stores, ended, verdicts, at)
    await stores.media.setCovers(coversOf(ended, succeeded))
    const finished = await stores.runs.finishEnded([...new Set(ended.map(({ run }) => run.id))], at)
    return announceRuns(stores, this.renderer, toAnnounce(ended, finished), at)
  }

  /** An ingest decides its media, and lets the tasks go that wait for it. */
  private async settleIngests(stores: Stores, ended: readonly DueTask[], verdicts: readonly Verdict[], at: Date) {
    for (const { task, media } of ended) {
      const verdict = verdicts.find((each) => each.task.id === task.id)
      if (verdict?.task.kind !== 'ingest' || verdict.status === 'postponed') continue
      if (verdict.status === 'failed') await stores.media.becomeFailed(media.id, verdict.fault)
      else if (verdict.task.kind === 'ingest') await stores.media.becomeReady(media.id, verdict.task.output.media)
      await stores.runs.releaseTasksOf(media.id, at)
    }
  }
}

/** A finished cover is its media's: the only effect of a kind beyond its artifacts. */
function coversOf(ended: readonly DueTask[], succeeded: readonly SucceededTask[]): readonly Cover[] {
  const mediaOf = new Map(ended.map(({ task, media }) => [task.id, media.id]))
  return succeeded.flatMap((task) => {
    const mediaId = mediaOf.get(task.id)
    if (task.kind !== 'coverBySnapshot' || mediaId === undefined) return []
    return [{ mediaId, key: task.output.cover.artifact.key }]
  })
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
