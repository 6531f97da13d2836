import { FirstSeen, type UnitOfWork } from '@libs/workflow'
import type { RedisConnection } from '@libs/redis'
import { Counter } from 'prom-client'

const skipped = new Counter({
  name: 'stillflow_replay_checks_skipped_total',
  help: 'Signed calls that were let in although nobody could tell whether they came before.',
})

/** Notes in Redis, which forgets by itself; without Redis in PostgreSQL. While neither answers nobody can tell. */
export class SharedFirstSeen extends FirstSeen {
  constructor(
    private readonly redis: RedisConnection | undefined,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super()
  }

  override async note(digest: string, atMs: number, keptMs: number): Promise<number | undefined> {
    try {
      if (this.redis !== undefined) return await noteIn(this.redis, digest, atMs, keptMs)
      const until = new Date(atMs + keptMs)
      return (await this.unitOfWork.stores.accessKeys.noteUntil(digest, until)).getTime() - keptMs
    } catch {
      skipped.inc()
      return undefined
    }
  }
}

async function noteIn(redis: RedisConnection, digest: string, atMs: number, keptMs: number): Promise<number> {
  const key = `stillflow:seen:${digest}`
  const answers = await redis.multi().set(key, atMs, 'PX', keptMs, 'NX').get(key).exec()
  const [error, noted] = answers?.[1] ?? []
  if (error instanceof Error) throw error
  return Number(noted ?? atMs)
}
