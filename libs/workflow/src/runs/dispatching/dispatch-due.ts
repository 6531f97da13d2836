import type { Clock, Fault } from '@libs/kernel'
import { type KindName, kindNames } from '@libs/tasks'
import type { Dispatch, Dispatcher } from '../../ports/dispatcher.port'
import type { DueTask, RoomPerKind } from '../../ports/stores/run.store.port'
import type { UnitOfWork } from '../../ports/stores/unit-of-work.port'
import type { SettleTasks } from '../settling/settle-tasks'

/** How soon to look for a dispatched task's job; a lost queue costs no more than this. */
export const lookAgainMs = 15_000

export class DispatchLimits {
  /** @param depthPerKind how many tasks of a kind the queue holds at most; the rest wait in Postgres, where order can still change */
  constructor(readonly depthPerKind: number) {}
}

function toDispatch({ task, run, media }: DueTask): Dispatch {
  return {
    runId: run.id,
    taskId: task.id,
    generation: task.generation,
    kind: task.kind,
    input: { settings: task.settings, request: task.request },
    subject: { sourceKey: media.sourceKey, media: media.info },
    subAppId: run.subAppId,
    priority: run.priority,
  }
}

function roomPerKind(dispatched: ReadonlyMap<KindName, number>, depth: number): RoomPerKind {
  return new Map(kindNames.map((kind) => [kind, Math.max(0, depth - (dispatched.get(kind) ?? 0))]))
}

/** The fault of a media that no picture can be made of. */
function faultOf({ task, media }: DueTask): Fault | undefined {
  if (task.kind === 'ingest' || media.state !== 'failed') return undefined
  return media.fault ?? { code: 'media.malformed', detail: 'The media could not be read.' }
}

/** Sends due tasks off to the workers. Any number of processes may do it at once. */
export class DispatchDue {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly dispatcher: Dispatcher,
    private readonly settleTasks: SettleTasks,
    private readonly limits: DispatchLimits,
  ) {}

  /**
   * The claim is committed after the queue has taken the jobs: a crash in between sends the same ids again, which
   * the queue ignores.
   * @returns how many tasks moved
   */
  async execute(): Promise<number> {
    const at = new Date(this.clock.nowMs())
    const claimed = await this.unitOfWork.run(async (stores) => {
      const room = roomPerKind(await stores.runs.countDispatched(), this.limits.depthPerKind)
      const due = await stores.runs.claimDue(room, at, new Date(at.getTime() + lookAgainMs))
      if (due.length === 0) return due
      await this.dispatcher.send(due.filter((task) => faultOf(task) === undefined).map(toDispatch))
      await stores.runs.startRuns([...new Set(due.map(({ run }) => run.id))], at)
      return due
    })
    const failed = claimed.flatMap((due) => {
      const fault = faultOf(due)
      if (fault === undefined) return []
      return [{ taskId: due.task.id, generation: due.task.generation, outcome: { status: 'failed', fault } } as const]
    })
    if (failed.length > 0) await this.settleTasks.execute(failed)
    return claimed.length
  }
}
