import type { SubAppId } from '@libs/kernel'
import { DescribeEventConfig, type EventConfig, ModifyEventConfig } from '@libs/workflow'
import { Body, Get, Put } from '@nestjs/common'
import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { Caller } from '../caller'
import { httpUrl } from '../fields'
import { RestController } from '../rest-controller'

/** Pushing needs somewhere to push to. */
class EventConfigBody extends createZodDto(
  z
    .strictObject({ mode: z.enum(['push', 'pull']), url: z.union([z.literal(''), httpUrl]).default('') })
    .refine(({ mode, url }) => mode === 'pull' || url !== '', { path: ['url'], message: 'Pushing needs a URL.' }),
) {}

/** How a sub-application is told of events. */
@RestController('event-config')
export class EventConfigController {
  constructor(
    private readonly modifyEventConfig: ModifyEventConfig,
    private readonly describeEventConfig: DescribeEventConfig,
  ) {}

  @Put()
  replace(@Caller() subAppId: SubAppId, @Body() body: EventConfigBody): Promise<EventConfig> {
    return this.modifyEventConfig.execute(subAppId, body)
  }

  @Get()
  describe(@Caller() subAppId: SubAppId): Promise<EventConfig> {
    return this.describeEventConfig.execute(subAppId)
  }
}
