import type { SubAppId, TaskId } from '@libs/kernel'
import type { RunTask, TaskQuery } from '../../ports/stores/run-history.store.port'
import type { SubAppWork } from '../../ports/stores/unit-of-work.port'
import { unknownTask } from './unknown-task'

/** The tasks that make pictures, of all runs. */
export class ListTasks {
  constructor(private readonly work: SubAppWork) {}

  /** @throws AppError `task.notFound` */
  async one(subAppId: SubAppId, taskId: TaskId): Promise<RunTask> {
    const found = await this.work.run(subAppId, ({ history }) => history.findTask(subAppId, taskId))
    if (found === undefined) throw unknownTask(taskId)
    return found
  }

  /** @returns a page, and whether there is more behind it */
  async execute(
    subAppId: SubAppId,
    query: TaskQuery,
  ): Promise<{ readonly tasks: readonly RunTask[]; readonly hasMore: boolean }> {
    const oneMore = { ...query, limit: query.limit + 1 }
    const found = await this.work.run(subAppId, ({ history }) => history.listTasks(subAppId, oneMore))
    return { tasks: found.slice(0, query.limit), hasMore: found.length > query.limit }
  }
}
