import { Cluster, Redis, type RedisOptions } from 'ioredis'
import { isClusterUrl, nodesOf } from './redis-url'

export type RedisConnection = Redis | Cluster

/** How long a connection waits for what. */
export type RedisPatience = Pick<
  RedisOptions,
  | 'lazyConnect'
  | 'enableOfflineQueue'
  | 'connectTimeout'
  | 'commandTimeout'
  | 'socketTimeout'
  | 'maxRetriesPerRequest'
  | 'retryStrategy'
>

const mostRedirections = 16

/**
 * Opens a connection to what REDIS_URL names. Of a cluster only some nodes need be named; it tells of the others.
 * @throws Error when `redisUrl` would not let the URL pass
 */
export function openRedis(url: string, patience: RedisPatience): RedisConnection {
  return isClusterUrl(url) ? openCluster(url, patience) : new Redis(url, patience)
}

function openCluster(url: string, patience: RedisPatience): Cluster {
  const nodes = nodesOf(url)
  const [first] = nodes ?? []
  if (nodes === undefined || first === undefined) throw new Error('This is no URL of a Redis Cluster.')
  const { lazyConnect = false, enableOfflineQueue = true, retryStrategy = null, ...forEachNode } = patience
  // Whoever waits no longer than this for an answer does not wait longer for nodes that send on or are away.
  const retryDelayMs = Math.ceil((patience.commandTimeout ?? 2_000) / mostRedirections)
  const { username, password, protocol } = first
  return new Cluster(
    nodes.map(({ hostname, port }) => ({ host: unbracketed(hostname), port: Number(port || 6379) })),
    {
      lazyConnect,
      enableOfflineQueue,
      clusterRetryStrategy: retryStrategy,
      maxRedirections: mostRedirections,
      retryDelayOnFailover: retryDelayMs,
      retryDelayOnClusterDown: retryDelayMs,
      slotsRefreshTimeout: patience.connectTimeout ?? 2_000,
      // Names stay names, as certificates have them.
      dnsLookup: (host, callback) => callback(null, host),
      redisOptions: {
        ...forEachNode,
        ...(username !== '' && { username: decodeURIComponent(username) }),
        ...(password !== '' && { password: decodeURIComponent(password) }),
        ...(protocol === 'rediss:' && { tls: {} }),
      },
    },
  )
}

const unbracketed = (host: string): string => host.replace(/^\[|\]$/g, '')
