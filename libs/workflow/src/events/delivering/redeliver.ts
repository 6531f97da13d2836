import { AppError, type Clock, parseEventId, type SubAppId } from '@libs/kernel'
import type { DeliveryPage } from '../../ports/stores/delivery.store.port'
import type { SubAppWork } from '../../ports/stores/unit-of-work.port'
import type { DeliveryRecord } from './delivery'

export class ListDeliveries {
  constructor(private readonly work: SubAppWork) {}

  /** @returns deliveries in one state, the latest events first */
  execute(subAppId: SubAppId, page: DeliveryPage): Promise<readonly DeliveryRecord[]> {
    return this.work.run(subAppId, ({ deliveries }) => deliveries.list(subAppId, page))
  }
}

export class Redeliver {
  constructor(
    private readonly work: SubAppWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Begins the schedule of a delivery that has ended anew, to where events, or those of its webhook, are pushed now; the event and its id stay the same.
   * One that has not ended stays as it is.
   * @throws AppError `delivery.notFound`
   */
  async execute(subAppId: SubAppId, text: string): Promise<void> {
    const eventId = parseEventId(text)
    const at = new Date(this.clock.nowMs())
    const isThere =
      eventId !== undefined &&
      (await this.work.run(subAppId, ({ deliveries }) => deliveries.redeliver(subAppId, eventId, at)))
    if (isThere) return
    throw new AppError('delivery.notFound', `There is no delivery "${text}".`, { field: 'deliveryId' })
  }
}
