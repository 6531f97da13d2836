import { AppError, type Clock, mainSubApp, type SubAppId } from '@libs/kernel'
import { randomBytes } from 'node:crypto'
import type { AccessKey, AccessKeyFacts } from '../ports/stores/access-key.store.port'
import type { SubAppWork } from '../ports/stores/unit-of-work.port'
import { isFor, type KeyScope, refuseOutOfScope, type Scoped } from './key-scope'

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

  /**
   * @param by the key that asks: it gives no scope that it lacks
   * @param subAppId where the new key may act; its secret is told now and never again
   * @param scopes what it is for; by default what the asking one is for
   * @throws AppError `auth.forbidden`
   */
  async create(
    by: Scoped,
    subAppId: SubAppId,
    scopes: readonly KeyScope[] | undefined = by.scopes,
  ): Promise<AccessKey> {
    for (const scope of scopes ?? []) refuseOutOfScope(by, scope)
    const key = { ...newAccessKey(subAppId), ...(scopes && { scopes }) }
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
      const others = keys.filter((key) => key.secretId !== secretId)
      if (subAppId === mainSubApp && !others.some((key) => isFor(key, 'admin'))) throw lastKey()
      await accessKeys.remove(subAppId, secretId)
    })
  }
}

function lastKey(): AppError {
  return new AppError(
    'accessKey.last',
    'Nobody could make keys without it: it is the last one of the main application with the scope "admin".',
  )
}
