import type { SubAppId } from '@libs/kernel'
import { ManageAccessKeys } from '@libs/workflow'
import { Delete, Get, Param, Post } from '@nestjs/common'
import { z } from 'zod'
import { Caller } from '../caller'
import { exampleIds } from '../openapi/example-ids'
import { Operation } from '../openapi/operation'
import { moment, type View } from '../openapi/view'
import { RestController } from '../rest-controller'

const accessKeyView = z
  .object({
    secretId: z.string(),
    secretKey: z.string().meta({ description: 'Told now and never again.' }),
    subAppId: z.int(),
  })
  .meta({ id: 'AccessKey' })

const accessKeyListView = z
  .object({ items: z.array(z.object({ secretId: z.string(), subAppId: z.int(), createdAt: moment })) })
  .meta({ id: 'AccessKeyList' })

/** Keys of the sub-application that a call acts in. */
@RestController('access-keys')
export class AccessKeysController {
  constructor(private readonly manageAccessKeys: ManageAccessKeys) {}

  @Post()
  @Operation({ summary: 'Make an access key', status: 201, answers: accessKeyView, example: {} })
  create(@Caller() subAppId: SubAppId): Promise<View<typeof accessKeyView>> {
    return this.manageAccessKeys.create(subAppId)
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
