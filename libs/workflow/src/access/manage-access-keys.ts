import { AppError, type Clock, mainSubApp, type SubAppId } from '@libs/kernel'
import { randomBytes } from 'node:crypto'
import type { AccessKey, AccessKeyFacts } from '../ports/stores/access-key.store.port'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'

/** A key id and a secret that nobody can guess. */
export function newAccessKey(subAppId: SubAppId): AccessKey {
  const secretId = `AKID${randomBytes(16).toString('hex')}`
  return { secretId, secretKey: randomBytes(24).toString('base64url'), subAppId }
}

/** What a caller does to the keys of the sub-applications that it may act in. */
export class ManageAccessKeys {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @param subAppId where the new key may act; its secret is told now and never again */
  async create(subAppId: SubAppId): Promise<AccessKey> {
    const key = newAccessKey(subAppId)
    await this.unitOfWork.stores.accessKeys.save(key, new Date(this.clock.nowMs()))
    return key
  }

  /** The keys of a sub-application, oldest first, without their secrets. */
  async list(subAppId: SubAppId): Promise<readonly AccessKeyFacts[]> {
    return this.unitOfWork.stores.accessKeys.list(subAppId)
  }

  /** From a second later nobody is let in with it. @throws AppError `accessKey.notFound`, `accessKey.last` */
  async revoke(subAppId: SubAppId, secretId: string): Promise<void> {
    const { accessKeys } = this.unitOfWork.stores
    const keys = await accessKeys.list(subAppId)
    if (!keys.some((key) => key.secretId === secretId)) {
      throw new AppError('accessKey.notFound', `There is no access key "${secretId}".`, { field: 'secretId' })
    }
    if (subAppId === mainSubApp && keys.length === 1) {
      throw new AppError(
        'accessKey.last',
        'Nobody could come in without it: it is the last key of the main application.',
      )
    }
    await accessKeys.remove(subAppId, secretId)
  }
}
