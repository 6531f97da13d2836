import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import type { FaultCase, Harm } from '../fault-case'
import type { ProxyMode, TcpProxy } from '../lab/tcp-proxy'

const partitionMs = 40_000

function wireOf({ lab }: Harm): TcpProxy {
  if (lab.wire === undefined) throw new Error('This case needs a wire.')
  return lab.wire
}

/** Cuts the wire for 40 s in one way after the other: both directions, one, the other. */
async function partition(harm: Harm): Promise<number> {
  const ways: readonly ProxyMode[] = ['drop', 'drop to server', 'drop to client']
  let faults = 0
  do {
    await harm.pause(harm.chance.between(1_000, 3_000))
    wireOf(harm).mode = ways[faults % ways.length] ?? 'drop'
    await wait(partitionMs)
    wireOf(harm).mode = 'pass'
    faults += 1
    await harm.pause(5_000)
    // A task that lost its worker at each of four is given up for good, and rightly.
  } while (faults < ways.length && !harm.isOver())
  return faults
}

/** F25 between workers and their queue: they have to let go before somebody else takes over. */
export const workerPartition: FaultCase = {
  id: 'F25',
  title: 'workers cut off from their queue for 40 s, also one way',
  backends: ['redis', 'postgres'],
  runs: 500,
  convergeWithinS: 90,
  lab: { wired: { apps: 'worker-', to: 'queue' } },
  harm: partition,
}

/** F25 between conductors and the queue: what is accepted meanwhile waits. */
export const conductorPartition: FaultCase = {
  id: 'F25b',
  title: 'conductors cut off from Redis for 40 s, also one way',
  backends: ['redis'],
  runs: 500,
  convergeWithinS: 90,
  lab: { wired: { apps: 'conductor', to: 'queue' } },
  harm: partition,
}

/** Holds rows of some tasks under way, as a forgotten psql does. */
async function holdTasks({ lab }: Harm, forMs: number): Promise<void> {
  const client = new Client({ connectionString: lab.postgres.urlBy() })
  await client.connect()
  await client.query('begin')
  await client.query(`select from task where finished_at is null limit 3 for update skip locked`)
  await wait(forMs)
  await client.query('rollback')
  await client.end()
}

/** F12: every word to PostgreSQL takes half a second there and back, and rows are held for 30 s. */
export const slowPostgres: FaultCase = {
  id: 'F12',
  title: 'PostgreSQL 500 ms away, rows held for 30 s',
  backends: ['redis', 'postgres'],
  runs: 200,
  convergeWithinS: 90,
  lab: { wired: { apps: '', to: 'postgres' } },
  async harm(harm) {
    let faults = 0
    do {
      await harm.pause(harm.chance.between(500, 1_500))
      wireOf(harm).delayMs = 250
      await holdTasks(harm, 30_000)
      wireOf(harm).delayMs = 0
      faults += 1
      await harm.pause(4_000)
    } while (!harm.isOver())
    return faults
  },
  check: (_verdict, { caller }) => {
    const unanswered = caller.records.filter(({ status }) => status === undefined)
    const untyped = caller.records.filter(({ status = 0, said }) => status >= 400 && !said.includes('"code"'))
    return [
      ...(unanswered.length > 0 ? [`${unanswered.length} calls without an answer`] : []),
      ...(untyped.length > 0 ? [`refused without a code: ${untyped[0]?.said ?? ''}`] : []),
    ]
  },
}
