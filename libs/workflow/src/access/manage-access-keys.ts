import { AppError, type Clock, mainSubApp, type SubAppId } from '@libs/kernel'
import { randomBytes } from 'node:crypto'
import type { AccessKey, AccessKeyFacts } from '../ports/stores/access-key.store.port'
import type { SubAppWork } from '../ports/stores/unit-of-work.port'

/** A key id and a secret that nobody can guess. */
export function newAccessKey(subAppId: SubAppId): AccessKey {
  const secretId = `AKID${randomBytes(16).toString('hex')}`
  return { secretId, secretKey: randomBytes(24).toString('base64url'), subAppId }
}

/** What a caller does to the keys of the sub-applications that it may act in. */
export class ManageAccessKeys {
  constructor(
    private readonly work: SubAppWork,
    private readonly clock: Clock,
  ) {}

  /** @param subAppId where the new key may act; its secret is told now and never again */
  async create(subAppId: SubAppId): Promise<AccessKey> {
    const key = newAccessKey(subAppId)
    const at = new Date(this.clock.nowMs())
    await this.work.run(subAppId, ({ accessKeys }) => accessKeys.save(key, at))
    return key
  }

  /** The keys of a sub-application, oldest first, without their secrets. */
  async list(subAppId: SubAppId): Promise<readonly AccessKeyFacts[]> {
    return this.work.run(subAppId, ({ accessKeys }) => accessKeys.list(subAppId))
  }

  /** From a second later nobody is let in with it. @throws AppError `accessKey.notFound`, `accessKey.last` */
  async revoke(subAppId: SubAppId, secretId: string): Promise<void> {
    await this.work.run(subAppId, async ({ accessKeys }) => {
      // Of two revocations at once the second sees what the first has left.
      const keys = await accessKeys.lock(subAppId)
      if (!keys.some((key) => key.secretId === secretId)) {
        throw new AppError('accessKey.notFound', `There is no access key "${secretId}".`, { field: 'secretId' })
      }
      if (subAppId === mainSubApp && keys.length === 1) throw lastKey()
      await accessKeys.remove(subAppId, secretId)
    })
  }
}

function lastKey(): AppError {
  return new AppError('accessKey.last', 'Nobody could come in without it: it is the last key of the main application.')
}
