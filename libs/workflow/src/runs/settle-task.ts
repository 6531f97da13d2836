import { type Clock, type Fault, type TaskId, toAppError } from '@libs/kernel'
import type { Outcome } from '../ports/dispatcher.port'
import type { Doorbell } from '../ports/doorbell.port'
import type { EventRenderer } from '../ports/event-renderer.port'
import type { DueTask } from '../ports/run.store.port'
import type { Stores, UnitOfWork } from '../ports/unit-of-work.port'
import { concludeTask } from './conclude-task'
import { retryDelayMs } from './retry-policy'
import type { SucceededTask, Task } from './run'
import { withOutput } from './task-record'

export interface SettleTaskCommand {
  readonly taskId: TaskId
  /** The dispatch that the outcome is of: only the latest may settle. */
  readonly generation: number
  readonly outcome: Outcome
}

/** `stale`: the task was settled before, or has been dispatched again since. */
export type Settlement = 'settled' | 'postponed' | 'stale'

type Verdict = { readonly output: SucceededTask } | { readonly fault: Fault; readonly retryDelayMs: number | undefined }

function judge(task: Task, outcome: Outcome): Verdict {
  try {
    if (outcome.status === 'succeeded') return { output: withOutput(task, outcome.output) }
    return { fault: outcome.fault, retryDelayMs: retryDelayMs(task.kind, outcome.fault, task.tries) }
  } catch (thrown) {
    return { fault: toAppError(thrown).toFault(), retryDelayMs: undefined }
  }
}

/** The only way a task or a run ends. Idempotent, and indifferent to the order in which outcomes arrive. */
export class SettleTask {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly renderer: EventRenderer,
    private readonly doorbell: Doorbell,
  ) {}

  async execute({ taskId, generation, outcome }: SettleTaskCommand): Promise<Settlement> {
    const at = new Date(this.clock.nowMs())
    const settlement = await this.unitOfWork.run(async (stores) => {
      const locked = await stores.runs.lockTask(taskId)
      if (locked?.task.state !== 'dispatched' || locked.task.generation !== generation) return 'stale'
      return this.settle(stores, locked, judge(locked.task, outcome), at)
    })
    if (settlement === 'settled') {
      for (const chime of ['tasks', 'deliveries', 'events'] as const) this.doorbell.ring(chime)
    }
    return settlement
  }

  private async settle(stores: Stores, { task, media }: DueTask, verdict: Verdict, at: Date): Promise<Settlement> {
    if ('output' in verdict) {
      await stores.runs.succeedTask(verdict.output, at)
      await this.takeEffect(stores, verdict.output, media.id, at)
    } else if (verdict.retryDelayMs !== undefined) {
      await stores.runs.postponeTask(task, task.tries + 1, new Date(at.getTime() + verdict.retryDelayMs))
      return 'postponed'
    } else {
      await stores.runs.failTask(task, verdict.fault, at)
      if (task.kind === 'ingest') {
        await stores.media.becomeFailed(media.id, verdict.fault)
        await stores.runs.releaseTasksOf(media.id, at)
      }
    }
    await concludeTask(stores, this.renderer, task, at)
    return 'settled'
  }

  /** What a success changes beyond its own task. */
  private async takeEffect(stores: Stores, task: SucceededTask, mediaId: DueTask['media']['id'], at: Date) {
    if (task.kind === 'coverBySnapshot') await stores.media.setCover(mediaId, task.output.cover.artifact.key)
    if (task.kind !== 'ingest') return
    await stores.media.becomeReady(mediaId, task.output.media)
    await stores.runs.releaseTasksOf(mediaId, at)
  }
}
