import type { SubAppId } from '@libs/kernel'
import { ManageQueues, type NamedQueue, type NamedQueueSettings } from '@libs/workflow'
import { Body, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common'
import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { Caller } from '../caller'
import { integerIn, paging, queueName, text } from '../fields'
import { RestController } from '../rest-controller'

const settings = {
  comment: text(256),
  /** Null: nothing limits its tasks. */
  limit: integerIn(1, 10_000).nullable(),
  priority: integerIn(-10, 10),
  paused: z.boolean(),
}

class CreateQueueBody extends createZodDto(
  z.strictObject({
    name: queueName,
    comment: settings.comment.default(''),
    limit: settings.limit.default(null),
    priority: settings.priority.default(0),
    paused: settings.paused.default(false),
  }),
) {}

class ChangeQueueBody extends createZodDto(z.strictObject(settings).partial()) {}

class ListQueuesQuery extends createZodDto(z.strictObject(paging)) {}

/** Named queues: how many tasks of the runs in one may be with the workers at once. */
@RestController('queues')
export class QueuesController {
  constructor(private readonly manageQueues: ManageQueues) {}

  @Post()
  create(@Caller() subAppId: SubAppId, @Body() { name, ...about }: CreateQueueBody): Promise<NamedQueue> {
    return this.manageQueues.create(subAppId, name, about)
  }

  @Get()
  list(@Caller() subAppId: SubAppId, @Query() query: ListQueuesQuery): Promise<object> {
    return this.manageQueues.list(subAppId, query)
  }

  @Get(':name')
  describe(@Caller() subAppId: SubAppId, @Param('name') name: string): Promise<NamedQueue> {
    return this.manageQueues.describe(subAppId, name)
  }

  @Patch(':name')
  change(
    @Caller() subAppId: SubAppId,
    @Param('name') name: string,
    @Body() { comment, limit, priority, paused }: ChangeQueueBody,
  ): Promise<NamedQueue> {
    const change: Partial<NamedQueueSettings> = {
      ...(comment !== undefined && { comment }),
      ...(limit !== undefined && { limit }),
      ...(priority !== undefined && { priority }),
      ...(paused !== undefined && { paused }),
    }
    return this.manageQueues.change(subAppId, name, change)
  }

  @Delete(':name')
  @HttpCode(204)
  async remove(@Caller() subAppId: SubAppId, @Param('name') name: string): Promise<void> {
    await this.manageQueues.remove(subAppId, name)
  }
}
