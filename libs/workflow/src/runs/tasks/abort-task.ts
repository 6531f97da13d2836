import { type Clock, noteWork, type SubAppId, type TaskId } from '@libs/kernel'
import type { Doorbell } from '../../ports/doorbell.port'
import type { SubAppWork } from '../../ports/stores/unit-of-work.port'
import { unknownTask } from './unknown-task'

/** Has one task end before its time, while the others of its run go on; what has ended by then stays as it is. */
export class AbortTask {
  constructor(
    private readonly work: SubAppWork,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
  ) {}

  /** Returns when the wish is stored; who moves runs onward fulfils it at once. @throws AppError `task.notFound` */
  async execute(subAppId: SubAppId, taskId: TaskId): Promise<void> {
    noteWork({ taskId })
    const at = new Date(this.clock.nowMs())
    const isAsked = await this.work.run(subAppId, async ({ runs, history }) => {
      if (await runs.askTaskAbort(subAppId, taskId, at)) return true
      if ((await history.findTask(subAppId, taskId)) === undefined) throw unknownTask(taskId)
      return false
    })
    if (isAsked) this.doorbell.ring('aborts')
  }
}
