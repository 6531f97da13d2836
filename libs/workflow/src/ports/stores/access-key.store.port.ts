import type { SubAppId } from '@libs/kernel'
import type { Scoped } from '../../access/key-scope'

export interface AccessKey extends Scoped {
  readonly secretId: string
  readonly secretKey: string
  readonly subAppId: SubAppId
}

/** A key without its secret. */
export interface AccessKeyFacts extends Scoped {
  readonly secretId: string
  readonly subAppId: SubAppId
  readonly createdAt: Date
}

export abstract class AccessKeyStore {
  abstract find(secretId: string): Promise<AccessKey | undefined>

  /** @returns oldest first */
  abstract list(subAppId: SubAppId): Promise<readonly AccessKeyFacts[]>

  /** As `list`; nobody else changes or removes them until the transaction ends. */
  abstract lock(subAppId: SubAppId): Promise<readonly AccessKeyFacts[]>

  abstract remove(subAppId: SubAppId, secretId: string): Promise<void>

  /** Inserts the key or, when its id is there, sets its secret and its scopes. */
  abstract save(key: AccessKey, at: Date): Promise<void>

  /** Notes the digest of a request until it expires. @returns false when it is noted already */
  abstract admitOnce(digest: string, expiresAt: Date): Promise<boolean>

  /** Notes a digest until it expires, unless it is noted. @returns when the note that there is expires */
  abstract noteUntil(digest: string, expiresAt: Date): Promise<Date>

  /** @returns how many notes that had expired it took away, at most `limit` */
  abstract forgetAdmitted(at: Date, limit: number): Promise<number>
}
