import { parseWebhookId, type SubAppId, type WebhookId } from '@libs/kernel'
import {
  type DescribedWebhook,
  type EventType,
  ManageWebhooks,
  unknownWebhook,
  type WebhookSettings,
} from '@libs/workflow'
import { Body, Delete, Get, Param, Patch, Post, Res } from '@nestjs/common'
import type { ServerResponse } from 'node:http'
import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { Caller } from '../caller'
import { httpUrl, text } from '../fields'
import { exampleIds } from '../openapi/example-ids'
import { Operation } from '../openapi/operation'
import { moment, type View } from '../openapi/view'
import { RestController } from '../rest-controller'
import { endpointView, presentEndpoint } from './endpoint-view'

const eventTypes: readonly EventType[] = ['procedureStateChanged', 'mediaUploaded', 'mediaPulled', 'mediaDeleted']

const eventType = z.enum(eventTypes)

const settings = {
  url: httpUrl,
  /** Empty: of all. */
  types: z
    .array(eventType)
    .max(eventTypes.length)
    .transform((types) => [...new Set(types)]),
  comment: text(256),
}

class CreateWebhookBody extends createZodDto(
  z.strictObject({ url: settings.url, types: settings.types.prefault([]), comment: settings.comment.default('') }),
) {}

class ChangeWebhookBody extends createZodDto(z.strictObject(settings).partial()) {}

const facts = {
  webhookId: z.string(),
  url: z.string(),
  types: z.array(eventType).meta({ description: 'Of which types events are pushed there; empty: of all.' }),
  comment: z.string(),
  createdAt: moment,
  updatedAt: moment,
  endpoint: endpointView.meta({ description: 'How it answers.' }),
}
const webhookView = z.object(facts).meta({ id: 'Webhook' })
type WebhookView = View<typeof webhookView>

const newWebhookView = z
  .object({
    ...facts,
    secret: z
      .string()
      .meta({ description: 'What its events are signed with (Standard Webhooks); it is told only here.' }),
  })
  .meta({ id: 'NewWebhook' })

const webhookListView = z.object({ items: z.array(webhookView) }).meta({ id: 'WebhookList' })

const { webhookId } = exampleIds

/** Where events are pushed to, besides where the event configuration says. */
@RestController('webhooks', { acting: 'manage', tag: 'events' })
export class WebhooksController {
  constructor(private readonly manageWebhooks: ManageWebhooks) {}

  @Post()
  @Operation({
    summary: 'Have events pushed to one more place; the answer has the secret that they are signed with',
    status: 201,
    answers: newWebhookView,
    refuses: ['webhook.alreadyExists', 'webhook.limitReached'],
    example: { body: { url: 'https://example.com/audit', types: ['mediaDeleted'], comment: 'For the records.' } },
  })
  async create(
    @Caller() subAppId: SubAppId,
    @Body() { url, types, comment }: CreateWebhookBody,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<View<typeof newWebhookView>> {
    const made = await this.manageWebhooks.create(subAppId, { url, types, comment })
    response.setHeader('Location', `/v1/webhooks/${made.webhook.id}`)
    return { ...present(made), secret: made.webhook.secret }
  }

  @Get()
  @Operation({ summary: 'List webhooks, oldest first', answers: webhookListView, example: {} })
  async list(@Caller() subAppId: SubAppId): Promise<View<typeof webhookListView>> {
    return { items: (await this.manageWebhooks.list(subAppId)).map(present) }
  }

  @Get(':webhookId')
  @Operation({
    summary: 'Describe a webhook, and how it answers',
    answers: webhookView,
    refuses: ['webhook.notFound'],
    example: { path: { webhookId } },
  })
  async describe(@Caller() subAppId: SubAppId, @Param('webhookId') id: string): Promise<WebhookView> {
    return present(await this.manageWebhooks.describe(subAppId, webhookIdOf(id)))
  }

  @Patch(':webhookId')
  @Operation({
    summary: 'Change a webhook, and enable one that was disabled',
    answers: webhookView,
    refuses: ['webhook.notFound', 'webhook.alreadyExists'],
    example: { path: { webhookId }, body: { types: ['mediaDeleted', 'mediaUploaded'] } },
  })
  async change(
    @Caller() subAppId: SubAppId,
    @Param('webhookId') id: string,
    @Body() { url, types, comment }: ChangeWebhookBody,
  ): Promise<WebhookView> {
    const change: Partial<WebhookSettings> = {
      ...(url !== undefined && { url }),
      ...(types !== undefined && { types }),
      ...(comment !== undefined && { comment }),
    }
    return present(await this.manageWebhooks.change(subAppId, webhookIdOf(id), change))
  }

  @Delete(':webhookId')
  @Operation({
    summary: 'Delete a webhook, and what waits for it',
    refuses: ['webhook.notFound'],
    example: { path: { webhookId } },
  })
  async remove(@Caller() subAppId: SubAppId, @Param('webhookId') id: string): Promise<void> {
    await this.manageWebhooks.remove(subAppId, webhookIdOf(id))
  }
}

/** @throws AppError `webhook.notFound` */
function webhookIdOf(text: string): WebhookId {
  const id = parseWebhookId(text)
  if (id === undefined) throw unknownWebhook(text)
  return id
}

function present({ webhook, endpoint }: DescribedWebhook): WebhookView {
  const { id: webhookId, url, types, comment, createdAt, updatedAt } = webhook
  return { webhookId, url, types, comment, createdAt, updatedAt, endpoint: presentEndpoint(endpoint) }
}
