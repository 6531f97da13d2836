import type { Clock, Fault } from '@libs/kernel'
import type { Dispatch, Dispatcher } from '../../ports/dispatcher.port'
import type { ClaimedTask, DueTask } from '../../ports/stores/run.store.port'
import type { UnitOfWork } from '../../ports/stores/unit-of-work.port'
import type { SettleTasks } from '../settling/settle-tasks'
import type { QueueDepths } from './queue-depths'

/** How soon to look for a dispatched task's job; a lost queue costs no more than this. */
export const lookAgainMs = 15_000

function toDispatch({ task, run, media, turn }: ClaimedTask): Dispatch {
  return {
    origin: { requestId: run.requestId, traceparent: run.traceparent },
    runId: run.id,
    taskId: task.id,
    generation: task.generation,
    kind: task.kind,
    turn,
    input: { settings: task.settings, request: task.request },
    subject: { sourceKey: media.sourceKey, media: media.info },
    subAppId: run.subAppId,
  }
}

/** The fault of a media that no picture can be made of. */
function faultOf({ task, media }: DueTask): Fault | undefined {
  if (task.kind === 'ingest' || media.state !== 'failed') return undefined
  return media.fault ?? { code: 'media.malformed', detail: 'The media could not be read.' }
}

/** Sends due tasks off to the workers. Any number of processes may do it at once. */
export class DispatchDue {
  private heldBack = false

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly dispatcher: Dispatcher,
    private readonly settleTasks: SettleTasks,
    private readonly depths: QueueDepths,
  ) {}

  /** Whether the last round left due tasks for want of room at the queue. */
  get isHeldBack(): boolean {
    return this.heldBack
  }

  /**
   * The claim is committed after the queue has taken the jobs: a crash in between sends the same ids again, which
   * the queue ignores.
   * @returns how many tasks moved, if others are due as well; else 0, for another round would find nothing
   */
  async execute(): Promise<number> {
    const at = new Date(this.clock.nowMs())
    const claimed = await this.unitOfWork.run(async ({ runs }) => {
      const due = await runs.claimDue(this.depths.current(), at, new Date(at.getTime() + lookAgainMs))
      await this.dispatcher.send(due.tasks.filter((task) => faultOf(task) === undefined).map(toDispatch))
      return due
    })
    this.heldBack = claimed.more
    this.depths.noteClaimed(claimed.tasks.map(({ task }) => task.kind))
    const failed = claimed.tasks.flatMap((due) => {
      const fault = faultOf(due)
      if (fault === undefined) return []
      return [{ taskId: due.task.id, generation: due.task.generation, outcome: { status: 'failed', fault } } as const]
    })
    if (failed.length > 0) await this.settleTasks.execute(failed)
    return claimed.more ? claimed.tasks.length : 0
  }
}
