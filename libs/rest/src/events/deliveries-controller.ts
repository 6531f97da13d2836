import { parseEventId, type SubAppId } from '@libs/kernel'
import { type DeliveryRecord, deliveryStates, ListDeliveries, Redeliver } from '@libs/workflow'
import { Get, Param, Post, Query } from '@nestjs/common'
import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { Caller } from '../caller'
import { paging } from '../fields'
import { exampleIds } from '../openapi/example-ids'
import { Operation } from '../openapi/operation'
import { moment, type View } from '../openapi/view'
import { RestController } from '../rest-controller'

const deliveryId = z
  .string()
  .max(64)
  .refine((text) => parseEventId(text) !== undefined, 'The id of a delivery is expected.')
  .transform(parseEventId)

class DeliveriesQuery extends createZodDto(
  z.strictObject({
    state: z.enum(deliveryStates).default('dead'),
    before: deliveryId.optional(),
    limit: paging.limit,
  }),
) {}

const deliveryView = z
  .object({
    deliveryId: z.string(),
    url: z.string(),
    state: z.enum(deliveryStates),
    attempts: z.int(),
    dueAt: moment.optional(),
    lastStatus: z.int().optional(),
    lastReason: z.string().optional(),
    deliveredAt: moment.optional(),
  })
  .meta({ id: 'Delivery' })

const deliveryListView = z
  .object({
    items: z.array(deliveryView),
    next: z.string().optional().meta({ description: '`before` of the next page; absent on the last one.' }),
  })
  .meta({ id: 'DeliveryList' })

const deliveryIdView = z.object({ deliveryId: z.string() }).meta({ id: 'DeliveryId' })

/** Events that are pushed, by the id that receivers know as `webhook-id`. */
@RestController('deliveries', { acting: 'events', tag: 'events' })
export class DeliveriesController {
  constructor(
    private readonly listDeliveries: ListDeliveries,
    private readonly redeliver: Redeliver,
  ) {}

  /** The latest first; `next` is `before` of the next page. */
  @Get()
  @Operation({
    summary: 'List events that are or were pushed, the latest first',
    answers: deliveryListView,
    example: { query: { state: 'dead', limit: 10 } },
  })
  async list(
    @Caller() subAppId: SubAppId,
    @Query() { state, before, limit }: DeliveriesQuery,
  ): Promise<View<typeof deliveryListView>> {
    const deliveries = await this.listDeliveries.execute(subAppId, { state, before, limit })
    const last = deliveries.length === limit ? deliveries.at(-1) : undefined
    return { items: deliveries.map(present), ...(last && { next: last.eventId }) }
  }

  @Post(':deliveryId/redeliver')
  @Operation({
    summary: 'Push an event again',
    status: 202,
    answers: deliveryIdView,
    refuses: ['delivery.notFound'],
    example: { path: { deliveryId: exampleIds.deliveryId } },
  })
  async again(@Caller() subAppId: SubAppId, @Param('deliveryId') text: string): Promise<View<typeof deliveryIdView>> {
    await this.redeliver.execute(subAppId, text)
    return { deliveryId: text }
  }
}

function present(record: DeliveryRecord): View<typeof deliveryView> {
  const { eventId, url, state, attempt, dueAt, lastStatus, lastReason, deliveredAt } = record
  const isOpen = state === 'pending' || state === 'sending'
  return {
    deliveryId: eventId,
    url,
    state,
    attempts: attempt,
    ...(isOpen && { dueAt }),
    ...(lastStatus !== null && { lastStatus }),
    ...(lastReason !== null && { lastReason }),
    ...(deliveredAt !== null && { deliveredAt }),
  }
}
