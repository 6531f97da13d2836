import type { SubAppId } from '@libs/kernel'
import { DescribeEndpoint, DescribeEventConfig, type EventConfig, ModifyEventConfig } from '@libs/workflow'
import { Body, Get, Put } from '@nestjs/common'
import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { Caller } from '../caller'
import { httpUrl } from '../fields'
import { Operation } from '../openapi/operation'
import type { View } from '../openapi/view'
import { RestController } from '../rest-controller'
import { endpointView, presentEndpoint } from './endpoint-view'

/** Standard Webhooks 1.0.0: 24 to 64 random bytes. */
const webhookSecret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'A secret is "whsec_" and 24 to 64 bytes in base64.')
  .max(96)

/** Pushing needs somewhere to push to. Without a secret the one that is there stays. */
class EventConfigBody extends createZodDto(
  z
    .strictObject({
      mode: z.enum(['push', 'pull']),
      url: z.union([z.literal(''), httpUrl]).default(''),
      tellsUploads: z.boolean().default(false),
      tellsDeletions: z.boolean().default(false),
      secret: webhookSecret.optional(),
    })
    .refine(({ mode, url }) => mode === 'pull' || url !== '', { path: ['url'], message: 'Pushing needs a URL.' }),
) {}

const eventConfigView = z
  .object({
    mode: z.enum(['push', 'pull']),
    url: z.string(),
    tellsUploads: z.boolean(),
    tellsDeletions: z.boolean(),
    secret: z.string().meta({ description: 'What pushed events are signed with (Standard Webhooks).' }),
    endpoint: endpointView.optional().meta({ description: 'How the address that events are pushed to answers.' }),
  })
  .meta({ id: 'EventConfig' })
type EventConfigView = View<typeof eventConfigView>

/** How a sub-application is told of events. */
@RestController('event-config', { acting: 'manage', tag: 'events' })
export class EventConfigController {
  constructor(
    private readonly modifyEventConfig: ModifyEventConfig,
    private readonly describeEventConfig: DescribeEventConfig,
    private readonly describeEndpoint: DescribeEndpoint,
  ) {}

  @Put()
  @Operation({
    summary: 'Say how events come, and enable an endpoint that was disabled',
    answers: eventConfigView,
    refuses: ['url.refused'],
    example: { body: { mode: 'push', url: 'https://example.com/stillflow-events', tellsDeletions: true } },
  })
  async replace(@Caller() subAppId: SubAppId, @Body() { secret, ...body }: EventConfigBody): Promise<EventConfigView> {
    await this.modifyEventConfig.execute(subAppId, { ...body, ...(secret !== undefined && { secret }) })
    return this.describe(subAppId)
  }

  @Get()
  @Operation({ summary: 'Tell how events come', answers: eventConfigView, example: {} })
  async describe(@Caller() subAppId: SubAppId): Promise<EventConfigView> {
    const config = await this.describeEventConfig.execute(subAppId)
    const endpoint = await this.describeEndpoint.execute(subAppId)
    return { ...present(config), ...(endpoint !== undefined && { endpoint: presentEndpoint(endpoint) }) }
  }
}

/** Keys of vendors' own signatures are theirs to tell of. */
function present({ mode, url, tellsUploads, tellsDeletions, secret }: EventConfig): EventConfigView {
  return { mode, url, tellsUploads, tellsDeletions, secret }
}
