import type { SubAppId } from '@libs/kernel'

/** Under which a caller may send a request again that is to be done once. */
export interface IdempotencyKey {
  /** The access key that it was sent with. */
  readonly secretId: string
  /** As the caller made it up. */
  readonly key: string
  /** Of the request: another one under the same key is a mistake. */
  readonly digest: string
}

/** What came of the first request under a key. */
export interface KeptAnswer {
  readonly digest: string
  readonly answer: unknown
}

export abstract class IdempotencyKeyStore {
  /**
   * Takes a key that nobody has taken, or that was taken before `since`. To be called in a transaction: until it ends, others
   * who want the same key wait.
   * @returns what is kept under a key that was taken, undefined when it is the caller's now
   * @throws AppError `request.underWay` when it took too long to wait
   */
  abstract claim(subAppId: SubAppId, key: IdempotencyKey, at: Date, since: Date): Promise<KeptAnswer | undefined>

  /** @param answer JSON, kept under a key that was claimed in this transaction */
  abstract keep(subAppId: SubAppId, key: IdempotencyKey, answer: unknown): Promise<void>

  /** @returns how many keys that were taken before a time are forgotten, at most `limit` */
  abstract forget(before: Date, limit: number): Promise<number>
}
