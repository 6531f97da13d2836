import type { SubAppId } from '@libs/kernel'
import { keyScopes, ManageAccessKeys, type Scoped } from '@libs/workflow'
import { Body, Delete, Get, Param, Post } from '@nestjs/common'
import { ApiBody } from '@nestjs/swagger'
import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { Caller, CallerScopes } from '../caller'
import { exampleIds } from '../openapi/example-ids'
import { Operation } from '../openapi/operation'
import { moment, type View } from '../openapi/view'
import { RestController } from '../rest-controller'

const scopes = z.array(z.enum(keyScopes)).min(1).max(keyScopes.length).optional()

/** Nothing has to be said. */
class CreateAccessKeyBody extends createZodDto(
  z
    .strictObject({
      scopes: scopes.meta({ description: 'What the key is for; by default what the calling one is for.' }),
    })
    .prefault({}),
) {}

/** None said are all. */
const accessKeyView = z
  .object({
    secretId: z.string(),
    secretKey: z.string().meta({ description: 'Told now and never again.' }),
    subAppId: z.int(),
    scopes,
  })
  .meta({ id: 'AccessKey' })

const accessKeyListView = z
  .object({ items: z.array(z.object({ secretId: z.string(), subAppId: z.int(), scopes, createdAt: moment })) })
  .meta({ id: 'AccessKeyList' })

/** Keys of the sub-application that a call acts in. */
@RestController('access-keys', { looking: 'admin', acting: 'admin' })
export class AccessKeysController {
  constructor(private readonly manageAccessKeys: ManageAccessKeys) {}

  @Post()
  @ApiBody({ type: CreateAccessKeyBody, required: false })
  @Operation({
    summary: 'Make an access key',
    status: 201,
    answers: accessKeyView,
    refuses: ['auth.forbidden'],
    example: { body: { scopes: ['read', 'process'] } },
  })
  create(
    @CallerScopes() by: Scoped,
    @Caller() subAppId: SubAppId,
    @Body() body: CreateAccessKeyBody,
  ): Promise<View<typeof accessKeyView>> {
    return this.manageAccessKeys.create(by, subAppId, body.scopes)
  }

  @Get()
  @Operation({ summary: 'List access keys, oldest first', answers: accessKeyListView, example: {} })
  async list(@Caller() subAppId: SubAppId): Promise<View<typeof accessKeyListView>> {
    return { items: await this.manageAccessKeys.list(subAppId) }
  }

  @Delete(':secretId')
  @Operation({
    summary: 'Revoke an access key',
    refuses: ['accessKey.notFound', 'accessKey.last'],
    example: { path: { secretId: exampleIds.secretId } },
  })
  async revoke(@Caller() subAppId: SubAppId, @Param('secretId') secretId: string): Promise<void> {
    await this.manageAccessKeys.revoke(subAppId, secretId)
  }
}
