import type { SubAppId } from '@libs/kernel'
import { type AccessKey, AccessKeyStore } from '@libs/workflow'
import type { EntityManager } from 'typeorm'
import { AccessKeyEntity } from '../entities/access-key.entity'

export class PostgresAccessKeyStore extends AccessKeyStore {
  constructor(private readonly manager: EntityManager) {
    super()
  }

  override async find(secretId: string): Promise<AccessKey | undefined> {
    const row = await this.manager.findOneBy(AccessKeyEntity, { secretId })
    if (row === null) return undefined
    const { secretKey, subAppId } = row
    return { secretId, secretKey, subAppId: subAppId as SubAppId }
  }

  override async save(key: AccessKey, at: Date): Promise<void> {
    await this.manager.upsert(AccessKeyEntity, { ...key, createdAt: at }, ['secretId'])
  }
}
