import { Redis } from 'ioredis'
import type { Check } from '../readiness'

const answerMs = 1_500
/** Beyond this share of `maxmemory`, the day is near on which a Redis that must not evict refuses. */
const fullShare = 0.9

/**
 * Whether a Redis answers a new connection and is set up as a queue needs it. The truth is in PostgreSQL, so a Redis that
 * forgets costs time, never tasks: its settings make an app degraded at most.
 */
export function redisCheck(url: string, means: Check['means']): Check {
  return { name: 'redis', means, look: async () => findingsIn(await infoOf(url)) }
}

async function infoOf(url: string): Promise<string> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: answerMs,
    commandTimeout: answerMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  // What is wrong is in the rejection.
  redis.on('error', () => undefined)
  try {
    await redis.connect()
    return await redis.info()
  } finally {
    redis.disconnect()
  }
}

/** What an `INFO` of Redis or Valkey says that should be otherwise. */
export function findingsIn(info: string): readonly string[] {
  const values = new Map(
    info.split(/\r?\n/).map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
  )
  const [used, limit] = [Number(values.get('used_memory')), Number(values.get('maxmemory'))]
  const findings = [
    values.get('maxmemory_policy') !== 'noeviction' &&
      `its maxmemory-policy is ${values.get('maxmemory_policy') ?? 'unknown'}; it has to be noeviction`,
    values.get('aof_enabled') !== '1' && 'it keeps no log of its changes; set appendonly to yes',
    values.get('aof_enabled') === '1' &&
      values.get('aof_last_write_status') === 'err' &&
      'it cannot write its log of changes',
    limit > 0 && used > limit * fullShare && `it uses ${Math.round((used / limit) * 100)} % of its maxmemory`,
    values.get('role') === 'slave' && 'it is a replica, which takes no writes',
  ]
  return findings.filter((finding) => finding !== false)
}
