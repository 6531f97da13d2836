import type { SubAppId } from '@libs/kernel'
import { ManageQueues, type NamedQueueSettings } from '@libs/workflow'
import { Body, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common'
import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { Caller } from '../caller'
import { integerIn, paging, queueName, text } from '../fields'
import { Operation } from '../openapi/operation'
import { moment, pageView, type View } from '../openapi/view'
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
    priority: settings.priority.prefault(0),
    paused: settings.paused.default(false),
  }),
) {}

class ChangeQueueBody extends createZodDto(z.strictObject(settings).partial()) {}

class ListQueuesQuery extends createZodDto(z.strictObject(paging)) {}

const queueView = z
  .object({
    name: z.string(),
    comment: z.string(),
    limit: z.int().nullable().meta({ description: 'Null: nothing limits its tasks.' }),
    priority: z.int(),
    paused: z.boolean(),
    createdAt: moment,
    updatedAt: moment,
  })
  .meta({ id: 'Queue' })
type QueueView = View<typeof queueView>

const queuePage = pageView('QueuePage', queueView)

/** Named queues: how many tasks of the runs in one may be with the workers at once. */
@RestController('queues', { acting: 'manage' })
export class QueuesController {
  constructor(private readonly manageQueues: ManageQueues) {}

  @Post()
  @Operation({
    summary: 'Make a named queue',
    status: 201,
    answers: queueView,
    refuses: ['queue.alreadyExists', 'queue.limitReached'],
    example: { body: { name: 'imports', comment: 'What partners send.', limit: 4, priority: -5 } },
  })
  create(@Caller() subAppId: SubAppId, @Body() { name, ...about }: CreateQueueBody): Promise<QueueView> {
    return this.manageQueues.create(subAppId, name, about)
  }

  @Get()
  @Operation({ summary: 'List named queues, oldest first', answers: queuePage, example: { query: { limit: 10 } } })
  list(@Caller() subAppId: SubAppId, @Query() query: ListQueuesQuery): Promise<View<typeof queuePage>> {
    return this.manageQueues.list(subAppId, query)
  }

  @Get(':name')
  @Operation({
    summary: 'Describe a named queue',
    answers: queueView,
    refuses: ['queue.notFound'],
    example: { path: { name: 'nightly' } },
  })
  describe(@Caller() subAppId: SubAppId, @Param('name') name: string): Promise<QueueView> {
    return this.manageQueues.describe(subAppId, name)
  }

  @Patch(':name')
  @Operation({
    summary: 'Change, pause or resume a named queue',
    answers: queueView,
    refuses: ['queue.notFound'],
    example: { path: { name: 'nightly' }, body: { limit: 8, paused: false } },
  })
  change(
    @Caller() subAppId: SubAppId,
    @Param('name') name: string,
    @Body() { comment, limit, priority, paused }: ChangeQueueBody,
  ): Promise<QueueView> {
    const change: Partial<NamedQueueSettings> = {
      ...(comment !== undefined && { comment }),
      ...(limit !== undefined && { limit }),
      ...(priority !== undefined && { priority }),
      ...(paused !== undefined && { paused }),
    }
    return this.manageQueues.change(subAppId, name, change)
  }

  @Delete(':name')
  @Operation({
    summary: 'Delete a named queue in which every run has ended',
    refuses: ['queue.notFound', 'queue.inUse'],
    example: { path: { name: 'nightly' } },
  })
  async remove(@Caller() subAppId: SubAppId, @Param('name') name: string): Promise<void> {
    await this.manageQueues.remove(subAppId, name)
  }
}
