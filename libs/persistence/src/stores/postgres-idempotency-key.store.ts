import { AppError, type SubAppId } from '@libs/kernel'
import { type IdempotencyKey, IdempotencyKeyStore, type KeptAnswer } from '@libs/workflow'
import { type EntityManager, QueryFailedError } from 'typeorm'
import { IdempotencyKeyEntity } from '../entities/access/idempotency-key.entity'

/** Whoever else inserts the same key waits for the end of this transaction, and finds it then. */
const claimSql = `
  insert into idempotency_key as taken (sub_app_id, secret_id, key, digest, created_at) values ($1, $2, $3, $4, $5)
  on conflict (sub_app_id, secret_id, key) do update
    set digest = excluded.digest, answer = null, created_at = excluded.created_at
    where taken.created_at < $6
  returning key`

const forgetSql = `
  delete from idempotency_key where ctid in (
    select ctid from idempotency_key where created_at < $1 limit $2 for update skip locked
  )`

const lockNotAvailable = '55P03'

function hasWaitedTooLong(thrown: unknown): boolean {
  return thrown instanceof QueryFailedError && Reflect.get(thrown.driverError, 'code') === lockNotAvailable
}

export class PostgresIdempotencyKeyStore extends IdempotencyKeyStore {
  constructor(private readonly manager: EntityManager) {
    super()
  }

  override async claim(
    subAppId: SubAppId,
    { secretId, key, digest }: IdempotencyKey,
    at: Date,
    since: Date,
  ): Promise<KeptAnswer | undefined> {
    try {
      const taken = await this.manager.query<unknown[]>(claimSql, [subAppId, secretId, key, digest, at, since])
      if (taken.length > 0) return undefined
    } catch (thrown) {
      if (!hasWaitedTooLong(thrown)) throw thrown
      throw new AppError('request.underWay', 'The first request with this key is still under way.', { cause: thrown })
    }
    return this.manager.findOneByOrFail(IdempotencyKeyEntity, { subAppId, secretId, key })
  }

  override async keep(subAppId: SubAppId, { secretId, key }: IdempotencyKey, answer: unknown): Promise<void> {
    await this.manager.query(
      'update idempotency_key set answer = $4 where sub_app_id = $1 and secret_id = $2 and key = $3',
      [subAppId, secretId, key, JSON.stringify(answer)],
    )
  }

  override async forget(before: Date, limit: number): Promise<number> {
    const [, count] = await this.manager.query<[unknown, number]>(forgetSql, [before, limit])
    return count
  }
}
