import { AppError, parseTaskId, type SubAppId, type TaskId } from '@libs/kernel'
import { AbortTask, FileUrls, ListTasks, type RetriedTask, RetryTask } from '@libs/workflow'
import { Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common'
import type { ServerResponse } from 'node:http'
import { Caller } from '../caller'
import { RestController } from '../rest-controller'
import { presentRunTask } from '../runs/present-run'
import { ListTasksQuery, nextPageOf, toTaskQuery } from './list-tasks-query'

@RestController('tasks')
export class TasksController {
  constructor(
    private readonly listTasks: ListTasks,
    private readonly abortTask: AbortTask,
    private readonly retryTask: RetryTask,
    private readonly urls: FileUrls,
  ) {}

  @Get()
  async list(@Caller() subAppId: SubAppId, @Query() query: ListTasksQuery): Promise<object> {
    const { tasks, hasMore } = await this.listTasks.execute(subAppId, toTaskQuery(query))
    const items = tasks.map((each) => presentRunTask(each, this.urls))
    return { items, nextPage: hasMore ? nextPageOf(tasks.at(-1)) : undefined }
  }

  @Get(':taskId')
  async describe(@Caller() subAppId: SubAppId, @Param('taskId') text: string): Promise<object> {
    return presentRunTask(await this.listTasks.one(subAppId, taskIdOf(text)), this.urls)
  }

  /** The other tasks of its run go on. */
  @Post(':taskId/abort')
  @HttpCode(202)
  async abort(@Caller() subAppId: SubAppId, @Param('taskId') text: string): Promise<{ readonly taskId: TaskId }> {
    const taskId = taskIdOf(text)
    await this.abortTask.execute(subAppId, taskId)
    return { taskId }
  }

  /** In a new run, with the settings of then. */
  @Post(':taskId/retry')
  @HttpCode(202)
  async retry(
    @Caller() subAppId: SubAppId,
    @Param('taskId') text: string,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<RetriedTask> {
    const retried = await this.retryTask.execute(subAppId, taskIdOf(text))
    response.setHeader('Location', `/v1/runs/${retried.runId}`)
    return retried
  }
}

/** @throws AppError `task.notFound` */
function taskIdOf(text: string): TaskId {
  const taskId = parseTaskId(text)
  if (taskId !== undefined) return taskId
  throw new AppError('task.notFound', `There is no task "${text}".`, { field: 'taskId' })
}
