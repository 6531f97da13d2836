import { AppError, parseTaskId, type SubAppId, type TaskId } from '@libs/kernel'
import { AbortTask, FileUrls, type IdempotencyKey, ListTasks, RetryTask } from '@libs/workflow'
import { Get, Param, Post, Query, Res } from '@nestjs/common'
import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { Caller } from '../caller'
import { exampleIds } from '../openapi/example-ids'
import { Operation } from '../openapi/operation'
import type { View } from '../openapi/view'
import { Once } from '../preconditions/once'
import { RestController } from '../rest-controller'
import { presentRunTask } from '../runs/present-run'
import { runTaskView } from '../runs/views/task-view'
import { ListTasksQuery, nextPageOf, toTaskQuery } from './list-tasks-query'

const { taskId, failedTaskId } = exampleIds

const taskListView = z
  .object({
    items: z.array(runTaskView),
    nextPage: z.string().optional().meta({ description: '`page` of the next page; absent on the last one.' }),
  })
  .meta({ id: 'TaskList' })

const taskIdView = z.object({ taskId: z.string() }).meta({ id: 'TaskId' })
const retriedTaskView = z
  .object({ runId: z.string(), mediaId: z.string(), taskId: z.string() })
  .meta({ id: 'RetriedTask' })

@RestController('tasks', { acting: 'process' })
export class TasksController {
  constructor(
    private readonly listTasks: ListTasks,
    private readonly abortTask: AbortTask,
    private readonly retryTask: RetryTask,
    private readonly urls: FileUrls,
  ) {}

  @Get()
  @Operation({
    summary: 'List tasks of runs, the latest first unless asked otherwise',
    answers: taskListView,
    refuses: ['run.notFound', 'media.notFound'],
    example: { query: { mediaId: exampleIds.mediaId, state: 'failed', limit: 10 } },
  })
  async list(@Caller() subAppId: SubAppId, @Query() query: ListTasksQuery): Promise<View<typeof taskListView>> {
    const { tasks, hasMore } = await this.listTasks.execute(subAppId, toTaskQuery(query))
    const items = tasks.map((each) => presentRunTask(each, this.urls))
    return { items, nextPage: hasMore ? nextPageOf(tasks.at(-1)) : undefined }
  }

  @Get(':taskId')
  @Operation({
    summary: 'Tell how far a task is, and what it brought',
    answers: runTaskView,
    refuses: ['task.notFound'],
    example: { path: { taskId } },
  })
  async describe(@Caller() subAppId: SubAppId, @Param('taskId') text: string): Promise<View<typeof runTaskView>> {
    return presentRunTask(await this.listTasks.one(subAppId, taskIdOf(text)), this.urls)
  }

  /** The other tasks of its run go on. */
  @Post(':taskId/abort')
  @Operation({
    summary: 'Abort a task; the others of its run go on',
    status: 202,
    answers: taskIdView,
    refuses: ['task.notFound'],
    example: { path: { taskId } },
  })
  async abort(@Caller() subAppId: SubAppId, @Param('taskId') text: string): Promise<View<typeof taskIdView>> {
    const id = taskIdOf(text)
    await this.abortTask.execute(subAppId, id)
    return { taskId: id }
  }

  /** In a new run, with the settings of then. */
  @Post(':taskId/retry')
  @Operation({
    summary: 'Make a failed task again, in a new run and with the settings of then',
    status: 202,
    answers: retriedTaskView,
    once: true,
    refuses: ['task.notFound', 'task.notFailed', 'media.notFound', 'subApp.busy'],
    example: { path: { taskId: failedTaskId } },
  })
  async retry(
    @Caller() subAppId: SubAppId,
    @Param('taskId') text: string,
    @Once() key: IdempotencyKey | undefined,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<View<typeof retriedTaskView>> {
    const retried = await this.retryTask.execute(subAppId, taskIdOf(text), key)
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
