import { setTimeout as wait } from 'node:timers/promises'
import type { FaultCase, Harm } from '../fault-case'
import type { RedisServer } from '../lab/redis-server'

const onRedis = ['redis'] as const

function redisOf({ lab }: Harm): RedisServer {
  if (lab.redis === undefined) throw new Error('This case needs Redis.')
  return lab.redis
}

/** Says so unless some process's health page names the queue as degraded while `work` goes on. */
async function expectDegraded({ lab, complain }: Harm): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    const { status, body } = await lab.caller.send('GET', '/readyz').catch(() => ({ status: 0, body: '' }))
    if (status === 200 && /"degraded":\[[^\]]/.test(body)) return
    await wait(200)
  }
  complain('readyz never said that the queue is degraded')
}

/** F05: Redis dies and is away for twenty seconds; it comes back with its memory, then without. */
export const redisStop: FaultCase = {
  id: 'F05',
  title: 'Redis killed and away for 20 s, with its memory and without',
  backends: onRedis,
  runs: 1_000,
  convergeWithinS: 60,
  async harm(harm) {
    const redis = redisOf(harm)
    let faults = 0
    for (let appendOnly = true; faults < 2 || !harm.isOver(); appendOnly = !appendOnly) {
      await harm.pause(harm.chance.between(1_000, 4_000))
      const before = harm.lab.caller.records.length
      await redis.kill()
      await wait(20_000)
      await redis.startAgain({ appendOnly })
      faults += 1
      const during = harm.lab.caller.records.slice(before)
      const refused = during.filter(({ runId }) => runId === undefined).length
      if (refused > during.length / 1_000) harm.complain(`${refused} of ${during.length} calls refused without Redis`)
      await expectProgress(harm, 5_000)
    }
    return faults
  },
}

/** Work goes on within so long: some task ends. */
async function expectProgress({ lab, complain, isOver }: Harm, withinMs: number): Promise<void> {
  const endedTasks = async () => {
    const sql = `select count(*)::int as count, (select count(*)::int from task where finished_at is null) as open
                 from task where finished_at is not null`
    const [row] = await lab.query<{ count: number; open: number }>(sql)
    return row ?? { count: 0, open: 0 }
  }
  const first = await endedTasks()
  const until = Date.now() + withinMs
  while (Date.now() < until) {
    const { count, open } = await endedTasks()
    if (count > first.count || open === 0 || isOver()) return
    await wait(100)
  }
  complain(`no task ended within ${withinMs / 1_000} s of Redis coming back`)
}

/** F06: Redis forgets everything, again and again. */
export const redisFlush: FaultCase = {
  id: 'F06',
  title: 'Redis emptied every second',
  backends: onRedis,
  runs: 1_000,
  convergeWithinS: 45,
  async harm(harm) {
    let faults = 0
    do {
      await harm.pause(harm.chance.between(700, 1_500))
      await redisOf(harm).command('FLUSHALL')
      faults += 1
    } while (!harm.isOver())
    return faults
  },
}

/** Redis accepts connections and says nothing for 15 s, which outlasts a lock. */
async function freeze(harm: Harm): Promise<void> {
  redisOf(harm).signal('SIGSTOP')
  await wait(15_000)
  redisOf(harm).signal('SIGCONT')
}

/** F07: Redis accepts connections and says nothing. */
export const redisFreeze: FaultCase = {
  id: 'F07',
  title: 'Redis frozen for 15 s',
  backends: onRedis,
  runs: 1_000,
  convergeWithinS: 60,
  async harm(harm) {
    // A task that lost its worker more often than three times is given up for good.
    for (let faults = 0; faults < 2; faults += 1) {
      await harm.pause(harm.chance.between(1_000, 4_000))
      await freeze(harm)
      await harm.pause(4_000)
    }
    // The last one meets the last runs, so that converging is theirs and not the load's.
    while (!harm.isOver()) await harm.pause(200)
    await freeze(harm)
    return 3
  },
  check: ({ slowestCallMs }) => (slowestCallMs > 2_500 ? [`a call took ${slowestCallMs} ms`] : []),
}

/** F08: Redis is full and refuses what needs memory, ends of jobs among it. */
export const redisFull: FaultCase = {
  id: 'F08',
  title: 'Redis full',
  backends: onRedis,
  runs: 1_000,
  convergeWithinS: 60,
  async harm(harm) {
    let faults = 0
    do {
      await harm.pause(harm.chance.between(1_000, 4_000))
      await redisOf(harm).command('CONFIG', 'SET', 'maxmemory', '1mb')
      await expectDegraded(harm)
      await wait(8_000)
      await redisOf(harm).command('CONFIG', 'SET', 'maxmemory', '0')
      faults += 1
    } while (!harm.isOver())
    return faults
  },
}

/** F09: somebody lets Redis evict what it likes. */
export const redisEvicts: FaultCase = {
  id: 'F09',
  title: 'Redis evicts keys',
  backends: onRedis,
  runs: 1_000,
  convergeWithinS: 60,
  async harm(harm) {
    await redisOf(harm).command('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru')
    await expectDegraded(harm)
    let faults = 0
    do {
      await evictToRoom(harm, 1024 * harm.chance.between(32, 256))
      await harm.pause(harm.chance.between(2_000, 6_000))
      faults += 1
    } while (!harm.isOver())
    await redisOf(harm).command('CONFIG', 'SET', 'maxmemory', '0')
    await redisOf(harm).command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction')
    await expectEvictions(harm, faults)
    return faults
  },
}

async function infoOf(harm: Harm, section: string, name: string): Promise<number> {
  const text = String(await redisOf(harm).command('INFO', section))
  return Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(text)?.[1])
}

/**
 * Has every key evicted, and then leaves room for a few: less than all that come. With less than the server needs for itself
 * it could store nothing, which F08 tries.
 */
async function evictToRoom(harm: Harm, roomBytes: number): Promise<void> {
  await redisOf(harm).command('CONFIG', 'SET', 'maxmemory', '1mb')
  await harm.pause(200)
  const mostBytes = (await infoOf(harm, 'memory', 'used_memory')) + roomBytes
  await redisOf(harm).command('CONFIG', 'SET', 'maxmemory', String(Math.round(mostBytes)))
}

/** Says so when Redis threw fewer keys out than it was made to. */
async function expectEvictions(harm: Harm, least: number): Promise<void> {
  const evicted = await infoOf(harm, 'stats', 'evicted_keys')
  if (evicted < least) harm.complain(`only ${evicted} keys were evicted`)
}
