import type { SubAppId } from '@libs/kernel'

export interface AccessKey {
  readonly secretId: string
  readonly secretKey: string
  readonly subAppId: SubAppId
}

export abstract class AccessKeyStore {
  abstract find(secretId: string): Promise<AccessKey | undefined>

  /** Inserts the key or, when its id is there, sets its secret. */
  abstract save(key: AccessKey, at: Date): Promise<void>

  /** Notes the digest of a request until it expires. @returns false when it is noted already */
  abstract admitOnce(digest: string, expiresAt: Date): Promise<boolean>

  /** @returns how many notes that had expired it took away, at most `limit` */
  abstract forgetAdmitted(at: Date, limit: number): Promise<number>
}
