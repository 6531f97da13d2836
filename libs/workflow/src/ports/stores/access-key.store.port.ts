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
}
