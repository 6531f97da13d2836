import type { SubAppId } from '@libs/kernel'
import { ConfirmEvents, PullEvents } from '@libs/workflow'
import { Body, Post } from '@nestjs/common'
import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { Caller } from '../caller'
import { text } from '../fields'
import { exampleIds } from '../openapi/example-ids'
import { Operation } from '../openapi/operation'
import type { View } from '../openapi/view'
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

const pulledEventsView = z
  .object({
    events: z.array(
      z.object({
        handle: z.string().meta({ description: 'What confirms that it has come.' }),
        event: z.unknown().meta({ description: 'As it would be pushed.' }),
      }),
    ),
  })
  .meta({ id: 'PulledEvents' })

/** Events that wait to be pulled: unconfirmed, they come back after 30 s. */
@RestController('events', { acting: 'events' })
export class EventsController {
  constructor(
    private readonly pullEvents: PullEvents,
    private readonly confirmEvents: ConfirmEvents,
  ) {}

  @Post('pull')
  @Operation({
    summary: 'Take events; those that are not confirmed within 30 seconds come again',
    answers: pulledEventsView,
    example: { body: { limit: 16, waitSeconds: 0 } },
  })
  async pull(
    @Caller() subAppId: SubAppId,
    @Body() { limit, waitSeconds }: PullEventsBody,
  ): Promise<View<typeof pulledEventsView>> {
    const command = { subAppId, limit, waitMs: waitSeconds * 1000, visibilityMs }
    const events = await this.pullEvents.execute(command)
    return { events: events.map(({ handle, body }) => ({ handle, event: JSON.parse(body) as unknown })) }
  }

  @Post('confirm')
  @Operation({
    summary: 'Confirm events that were taken',
    refuses: ['events.unknownHandle'],
    example: { body: { handles: [exampleIds.handle] } },
  })
  confirm(@Caller() subAppId: SubAppId, @Body() { handles }: ConfirmEventsBody): Promise<void> {
    return this.confirmEvents.execute(subAppId, handles)
  }
}
