import { Redis } from 'ioredis'
import { setTimeout as wait } from 'node:timers/promises'
import { startRedis } from './start-redis'
import type { Service } from './started-services'

const slots = 16_384
const nodeCount = 3

export interface RedisClusterService extends Service {
  readonly nodes: readonly Service[]
}

/** Starts three masters that share the slots, on random ports; undefined when this machine has no `redis-server`. */
export async function startRedisCluster(): Promise<RedisClusterService | undefined> {
  const started = await Promise.all(
    Array.from({ length: nodeCount }, () => startRedis('--cluster-enabled', 'yes', '--cluster-node-timeout', '1000')),
  )
  const nodes = started.filter((node) => node !== undefined)
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.stop()))
  }
  if (nodes.length < nodeCount) {
    await stop()
    return undefined
  }
  try {
    await join(nodes)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    nodes,
    url: nodes
      .map(({ url }) => new URL(url).host)
      .join(',')
      .replace(/^/, 'redis-cluster://'),
    stop,
  }
}

async function join(nodes: readonly Service[]): Promise<void> {
  const admins = nodes.map(({ url }) => new Redis(url))
  try {
    const [first] = admins
    for (const [index, admin] of admins.entries()) {
      const ends = [index, index + 1].map((share) => Math.floor((share * slots) / nodeCount))
      await admin.call('CLUSTER', 'ADDSLOTSRANGE', `${ends[0]}`, `${(ends[1] ?? 0) - 1}`)
      await admin.call('CLUSTER', 'SET-CONFIG-EPOCH', `${index + 1}`)
      if (admin !== first) await admin.call('CLUSTER', 'MEET', '127.0.0.1', `${first?.options.port}`)
    }
    for (const admin of admins) await untilWhole(admin)
  } finally {
    for (const admin of admins) admin.disconnect()
  }
}

/** Waits until the node knows all of the others and their slots, for 20 s at most. */
async function untilWhole(admin: Redis): Promise<void> {
  const giveUpAt = Date.now() + 20_000
  while (Date.now() < giveUpAt) {
    const info = await admin.cluster('INFO')
    if (info.includes('cluster_state:ok') && info.includes(`cluster_size:${nodeCount}`)) return
    await wait(50)
  }
  throw new Error('The nodes never became a cluster.')
}
