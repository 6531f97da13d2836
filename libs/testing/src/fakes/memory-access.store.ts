import type { SubAppId } from '@libs/kernel'
import {
  type AccessKey,
  AccessKeyStore,
  type IdempotencyKey,
  IdempotencyKeyStore,
  type KeptAnswer,
  type SubApp,
  type SubAppChange,
  SubAppStore,
} from '@libs/workflow'
import type { MemoryTables } from './memory-tables'

export class MemoryAccessKeyStore extends AccessKeyStore {
  constructor(private readonly tables: MemoryTables) {
    super()
  }

  override async find(secretId: string): Promise<AccessKey | undefined> {
    return this.tables.accessKeys.get(secretId)?.key
  }

  override async list(subAppId: SubAppId) {
    return [...this.tables.accessKeys.values()]
      .filter(({ key }) => key.subAppId === subAppId)
      .map(({ key: { secretKey: _, ...key }, createdAt }) => ({ ...key, createdAt }))
  }

  override async lock(subAppId: SubAppId) {
    return this.list(subAppId)
  }

  override async save(key: AccessKey, at: Date): Promise<void> {
    this.tables.accessKeys.set(key.secretId, { key, createdAt: at })
  }

  override async remove(subAppId: SubAppId, secretId: string): Promise<void> {
    if (this.tables.accessKeys.get(secretId)?.key.subAppId === subAppId) this.tables.accessKeys.delete(secretId)
  }

  override async admitOnce(digest: string, expiresAt: Date): Promise<boolean> {
    if (this.tables.admitted.has(digest)) return false
    this.tables.admitted.set(digest, expiresAt)
    return true
  }

  override async noteUntil(digest: string, expiresAt: Date): Promise<Date> {
    const noted = this.tables.admitted.get(digest) ?? expiresAt
    this.tables.admitted.set(digest, noted)
    return noted
  }

  override async forgetAdmitted(at: Date, limit: number): Promise<number> {
    const expired = [...this.tables.admitted].filter(([, expiresAt]) => expiresAt < at).slice(0, limit)
    for (const [digest] of expired) this.tables.admitted.delete(digest)
    return expired.length
  }
}

const placeOf = (subAppId: SubAppId, { secretId, key }: IdempotencyKey) => `${subAppId}/${secretId}/${key}`

export class MemoryIdempotencyKeyStore extends IdempotencyKeyStore {
  constructor(private readonly tables: MemoryTables) {
    super()
  }

  override async claim(
    subAppId: SubAppId,
    key: IdempotencyKey,
    at: Date,
    since: Date,
  ): Promise<KeptAnswer | undefined> {
    const [place, { digest }] = [placeOf(subAppId, key), key]
    const taken = this.tables.idempotencyKeys.get(place)
    if (taken !== undefined && taken.createdAt >= since) return taken
    this.tables.idempotencyKeys.set(place, { digest, answer: null, createdAt: at })
    return undefined
  }

  override async keep(subAppId: SubAppId, key: IdempotencyKey, answer: unknown): Promise<void> {
    const place = placeOf(subAppId, key)
    const taken = this.tables.idempotencyKeys.get(place)
    const kept: unknown = JSON.parse(JSON.stringify(answer))
    if (taken !== undefined) this.tables.idempotencyKeys.set(place, { ...taken, answer: kept })
  }

  override async forget(before: Date, limit: number): Promise<number> {
    const { idempotencyKeys } = this.tables
    const over = [...idempotencyKeys].filter(([, { createdAt }]) => createdAt < before).slice(0, limit)
    for (const [place] of over) idempotencyKeys.delete(place)
    return over.length
  }
}

export class MemorySubAppStore extends SubAppStore {
  constructor(private readonly tables: MemoryTables) {
    super()
  }

  override async insert(
    about: Pick<SubApp, 'name' | 'description'>,
    most: number,
    at: Date,
  ): Promise<SubApp | undefined> {
    const { subApps } = this.tables
    if (subApps.size >= most) return undefined
    const subApp: SubApp = { ...about, id: (subApps.size + 1) as SubAppId, state: 'on', createdAt: at }
    subApps.set(subApp.id, subApp)
    return subApp
  }

  override async find(id: SubAppId): Promise<SubApp | undefined> {
    return this.tables.subApps.get(id)
  }

  override async list(): Promise<readonly SubApp[]> {
    return [...this.tables.subApps.values()]
  }

  override async change(id: SubAppId, change: SubAppChange): Promise<SubApp | undefined> {
    const subApp = this.tables.subApps.get(id)
    if (subApp !== undefined) this.tables.subApps.set(id, { ...subApp, ...change })
    return this.tables.subApps.get(id)
  }
}
