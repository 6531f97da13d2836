import type { SubAppId } from '@libs/kernel'
import { type AccessKey, type AccessKeyFacts, AccessKeyStore } from '@libs/workflow'
import type { EntityManager } from 'typeorm'
import { AccessKeyEntity } from '../entities/access/access-key.entity'
import { type Keyring, placeOf } from '../secrets/keyring'

const placeOfKey = (secretId: string) => placeOf('access_key', 'secret_key', secretId)

/** No answer waits for such a note to be on the disk: what a crash forgets is a moment's. */
const noteUntilSql = `
  with noted as (
    insert into admitted (digest, expires_at) values ($1, $2) on conflict do nothing returning expires_at
  )
  select expires_at, set_config('synchronous_commit', 'off', true)
  from (select expires_at from noted union all select expires_at from admitted where digest = $1) as notes`

function whoseKey({ secretId, subAppId, scopes }: AccessKeyEntity) {
  return { secretId, subAppId: subAppId as SubAppId, ...(scopes && { scopes }) }
}

function factsOf(rows: readonly AccessKeyEntity[]): readonly AccessKeyFacts[] {
  return rows.map((row) => ({ ...whoseKey(row), createdAt: row.createdAt }))
}

export class PostgresAccessKeyStore extends AccessKeyStore {
  constructor(
    private readonly manager: EntityManager,
    private readonly keyring: Keyring,
  ) {
    super()
  }

  override async find(secretId: string): Promise<AccessKey | undefined> {
    const row = await this.manager.findOneBy(AccessKeyEntity, { secretId })
    if (row === null) return undefined
    const secretKey = this.keyring.open(row.secretKey, placeOfKey(secretId))
    return { ...whoseKey(row), secretKey }
  }

  override async list(subAppId: SubAppId): Promise<readonly AccessKeyFacts[]> {
    return factsOf(await this.manager.find(AccessKeyEntity, { where: { subAppId }, order: { createdAt: 'asc' } }))
  }

  override async lock(subAppId: SubAppId): Promise<readonly AccessKeyFacts[]> {
    const [where, order] = [{ subAppId }, { createdAt: 'asc' }] as const
    return factsOf(await this.manager.find(AccessKeyEntity, { where, order, lock: { mode: 'pessimistic_write' } }))
  }

  override async remove(subAppId: SubAppId, secretId: string): Promise<void> {
    await this.manager.delete(AccessKeyEntity, { subAppId, secretId })
  }

  override async save(key: AccessKey, at: Date): Promise<void> {
    const secretKey = this.keyring.seal(key.secretKey, placeOfKey(key.secretId))
    await this.manager.upsert(
      AccessKeyEntity,
      { ...key, scopes: key.scopes ? [...key.scopes] : null, secretKey, createdAt: at },
      ['secretId'],
    )
  }

  override async admitOnce(digest: string, expiresAt: Date): Promise<boolean> {
    const rows = await this.manager.query<unknown[]>(
      'insert into admitted (digest, expires_at) values ($1, $2) on conflict do nothing returning digest',
      [digest, expiresAt],
    )
    return rows.length > 0
  }

  override async noteUntil(digest: string, expiresAt: Date): Promise<Date> {
    const [row] = await this.manager.query<{ expires_at: Date }[]>(noteUntilSql, [digest, expiresAt])
    // A note that another transaction is just making has the same time within moments.
    return row?.expires_at ?? expiresAt
  }

  override async forgetAdmitted(at: Date, limit: number): Promise<number> {
    const [, count] = await this.manager.query<[unknown, number]>(
      'delete from admitted where digest in (select digest from admitted where expires_at < $1 limit $2)',
      [at, limit],
    )
    return count
  }
}
