import { AppError, answeredSocket, SettingsError } from '@libs/kernel'
import { isClusterUrl, openRedis, type RedisConnection } from '@libs/redis'
import { type ConnectionOptions, createPostgresBackend, setDefaultBackendFactory } from 'bullmq'
import { once } from 'node:events'
import { sentinelKey } from './wire/names'
import { queueCheck } from './queue-check'
import type { QueueSettings } from './queue.env'

const failFastMs = 2_000

/** How long an answer may take; well above the longest wait that a policy asks for (`drainDelayS`). */
const silenceLimitMs = 8_000

/** The schema that the queue has to itself in PostgreSQL. */
export const queueSchema = 'bullmq'

/** Where the queue is, for the objects of this room to connect to. */
export interface QueueConnection {
  readonly backend: 'redis' | 'postgres'
  /** Fails within 2 s when the queue does not answer: a sender holds a transaction meanwhile. Made on first use. */
  producer(): ConnectionOptions
  /** Waits for as long as the queue is away. */
  worker(): ConnectionOptions
  /** @throws AppError `internal` when a producer would have to wait for the queue */
  assertReachable(): Promise<void>
  noticeWipe(): Promise<boolean>
  /** Whether the queue answers somebody who connects to it now. */
  readonly isReachable: () => Promise<boolean>
  close(): Promise<void>
}

/**
 * Picks the queue's backend for this process; called once, before anything else of this room.
 * @throws SettingsError when no backend is set
 */
export function connectQueue(settings: QueueSettings): QueueConnection {
  const { REDIS_URL, QUEUE_DATABASE_URL } = settings
  const isReachable = async (): Promise<boolean> => {
    const answered = queueCheck(settings, 'broken').look()
    return Promise.resolve(answered).then(
      () => true,
      () => false,
    )
  }
  if (REDIS_URL !== undefined) return { ...connectRedis(REDIS_URL), isReachable }
  if (QUEUE_DATABASE_URL !== undefined) return { ...connectPostgres(QUEUE_DATABASE_URL), isReachable }
  throw new SettingsError(['REDIS_URL or QUEUE_DATABASE_URL: one of them has to say where the queue is'])
}

type Connected = Omit<QueueConnection, 'isReachable'>

function connectRedis(url: string): Connected {
  setDefaultBackendFactory()
  // The library's own back-off grows to 20 s, all of which an outage would last longer.
  const reconnect = { connectTimeout: failFastMs, retryStrategy: (times: number) => Math.min(100 * times, 1_000) }
  // Without the last, a cut network is noticed only by TCP's own timers.
  const lasting = { ...reconnect, maxRetriesPerRequest: null, socketTimeout: silenceLimitMs }
  const clusters: RedisConnection[] = []
  let client: RedisConnection | undefined
  const producer = (): RedisConnection => {
    client ??= openRedis(url, {
      ...reconnect,
      enableOfflineQueue: false,
      commandTimeout: failFastMs,
      maxRetriesPerRequest: 1,
    })
    return client
  }
  return {
    backend: 'redis',
    producer,
    worker() {
      if (!isClusterUrl(url)) return { ...lasting, url }
      // The library opens no cluster by itself, and closes none that it was given.
      const cluster = openRedis(url, lasting)
      clusters.push(cluster)
      return cluster
    },
    assertReachable: () => assertReady(producer()),
    noticeWipe: async () => (await producer().set(sentinelKey, 'kept', 'NX')) === 'OK',
    close: async () => [client, ...clusters].forEach((opened) => opened?.disconnect()),
  }
}

/** The library would wait without a limit for a connection that was never there. */
async function assertReady(redis: RedisConnection): Promise<void> {
  if (redis.status === 'ready') return
  try {
    await once(redis, 'ready', { signal: AbortSignal.timeout(failFastMs) })
  } catch (cause) {
    throw new AppError('internal', 'The queue does not answer.', { cause })
  }
}

function connectPostgres(connectionString: string): Connected {
  setDefaultBackendFactory(createPostgresBackend)
  // Every queue object makes a pool of its own.
  const stream = () => answeredSocket(silenceLimitMs)
  const connection = { connectionString, schema: queueSchema, max: 2, stream }
  return {
    backend: 'postgres',
    producer: () => ({ ...connection, connectionTimeoutMillis: failFastMs, query_timeout: 5 * failFastMs }),
    worker: () => ({ ...connection, connectionTimeoutMillis: 5 * failFastMs }),
    assertReachable: async () => undefined,
    noticeWipe: async () => false,
    close: async () => undefined,
  }
}
