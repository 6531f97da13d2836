import { openRedis } from '@libs/redis'
import type { Check } from '../readiness'

const answerMs = 1_500
/** Beyond this share of `maxmemory`, the day is near on which a Redis that must not evict refuses. */
const fullShare = 0.9

/**
 * Whether a Redis, or every master of a cluster, answers a new connection and is set up as a queue needs it. The truth is in
 * PostgreSQL, so a Redis that forgets costs time, never tasks: its settings make an app degraded at most.
 */
export function redisCheck(url: string, means: Check['means']): Check {
  return { name: 'redis', means, findingsMean: 'degraded', look: () => lookAt(url) }
}

async function lookAt(url: string): Promise<readonly string[]> {
  const redis = openRedis(url, {
    lazyConnect: true,
    connectTimeout: answerMs,
    commandTimeout: answerMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  // What is wrong is in the rejection.
  redis.on('error', () => undefined)
  try {
    if (!('nodes' in redis)) {
      await redis.connect()
      return findingsIn(await redis.info())
    }
    // Connecting itself would wait for ever where the cluster says that it is not whole.
    await redis.ping()
    const findings = redis.nodes('master').map(async (node) => {
      const { host, port } = node.options
      return findingsIn(await node.info()).map((finding) => `at ${host}:${port} ${finding}`)
    })
    return (await Promise.all(findings)).flat()
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
