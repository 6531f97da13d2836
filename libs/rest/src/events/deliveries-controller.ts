import { parseEventId, type SubAppId } from '@libs/kernel'
import { type DeliveryRecord, deliveryStates, ListDeliveries, Redeliver } from '@libs/workflow'
import { Get, HttpCode, Param, Post, Query } from '@nestjs/common'
import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { Caller } from '../caller'
import { paging } from '../fields'
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

/** Events that are pushed, by the id that receivers know as `webhook-id`. */
@RestController('deliveries')
export class DeliveriesController {
  constructor(
    private readonly listDeliveries: ListDeliveries,
    private readonly redeliver: Redeliver,
  ) {}

  /** The latest first; `next` is `before` of the next page. */
  @Get()
  async list(@Caller() subAppId: SubAppId, @Query() { state, before, limit }: DeliveriesQuery): Promise<object> {
    const deliveries = await this.listDeliveries.execute(subAppId, { state, before, limit })
    const last = deliveries.length === limit ? deliveries.at(-1) : undefined
    return { items: deliveries.map(present), ...(last && { next: last.eventId }) }
  }

  @Post(':deliveryId/redeliver')
  @HttpCode(202)
  async again(@Caller() subAppId: SubAppId, @Param('deliveryId') text: string): Promise<object> {
    await this.redeliver.execute(subAppId, text)
    return { deliveryId: text }
  }
}

function present(record: DeliveryRecord): object {
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
