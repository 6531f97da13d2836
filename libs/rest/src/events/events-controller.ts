import type { SubAppId } from '@libs/kernel'
import { ConfirmEvents, PullEvents } from '@libs/workflow'
import { Body, HttpCode, Post } from '@nestjs/common'
import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { Caller } from '../caller'
import { text } from '../fields'
import { RestController } from '../rest-controller'

const mostEvents = 100
const visibilityMs = 30_000

class PullEventsBody extends createZodDto(
  z.strictObject({
    limit: z.int().min(1).max(mostEvents).default(16),
    waitSeconds: z.number().min(0).max(20).default(5),
  }),
) {}

class ConfirmEventsBody extends createZodDto(z.strictObject({ handles: z.array(text(64)).min(1).max(mostEvents) })) {}

/** Events that wait to be pulled: unconfirmed, they come back after 30 s. */
@RestController('events')
export class EventsController {
  constructor(
    private readonly pullEvents: PullEvents,
    private readonly confirmEvents: ConfirmEvents,
  ) {}

  @Post('pull')
  @HttpCode(200)
  async pull(@Caller() subAppId: SubAppId, @Body() { limit, waitSeconds }: PullEventsBody): Promise<object> {
    const command = { subAppId, limit, waitMs: waitSeconds * 1000, visibilityMs }
    const events = await this.pullEvents.execute(command)
    return { events: events.map(({ handle, body }) => ({ handle, event: JSON.parse(body) as unknown })) }
  }

  @Post('confirm')
  @HttpCode(204)
  confirm(@Caller() subAppId: SubAppId, @Body() { handles }: ConfirmEventsBody): Promise<void> {
    return this.confirmEvents.execute(subAppId, handles)
  }
}
