import type { SubAppId } from '@libs/kernel'
import { type AccessKey, ManageAccessKeys } from '@libs/workflow'
import { Delete, Get, HttpCode, Param, Post } from '@nestjs/common'
import { Caller } from '../caller'
import { RestController } from '../rest-controller'

/** Keys of the sub-application that a call acts in. */
@RestController('access-keys')
export class AccessKeysController {
  constructor(private readonly manageAccessKeys: ManageAccessKeys) {}

  @Post()
  create(@Caller() subAppId: SubAppId): Promise<AccessKey> {
    return this.manageAccessKeys.create(subAppId)
  }

  @Get()
  async list(@Caller() subAppId: SubAppId): Promise<object> {
    return { items: await this.manageAccessKeys.list(subAppId) }
  }

  @Delete(':secretId')
  @HttpCode(204)
  async revoke(@Caller() subAppId: SubAppId, @Param('secretId') secretId: string): Promise<void> {
    await this.manageAccessKeys.revoke(subAppId, secretId)
  }
}
