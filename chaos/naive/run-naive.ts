import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { RedisServer } from '../lab/redis-server'
import { SeededRandom } from '../seeded-random'

const workerCount = 3
const perSecond = 25
const quietMs = 90_000

export interface NaiveResult {
  readonly id: string
  readonly title: string
  readonly seed: number
  readonly faults: number
  readonly accepted: number
  readonly lost: number
  readonly duplicateEnds: number
}

interface Naive {
  readonly redis: RedisServer
  readonly workers: Map<number, ChildProcess>
  /** Kills a worker and puts another in its place. */
  replace(place: number): void
}

type Mishap = (naive: Naive, chance: SeededRandom) => Promise<void>

const pickPlace = (chance: SeededRandom) => Math.floor(chance.next() * workerCount)

/** The faults that the naive build is shown beside ours in, each while its runs come. */
const mishaps: readonly { readonly id: string; readonly title: string; readonly do: Mishap }[] = [
  {
    id: 'F01',
    title: 'workers killed',
    do: async (naive, chance) => {
      await wait(chance.between(400, 1_300))
      naive.replace(pickPlace(chance))
    },
  },
  {
    id: 'F02',
    title: 'workers frozen beyond their lease',
    do: async ({ workers }, chance) => {
      const worker = workers.get(pickPlace(chance))
      worker?.kill('SIGSTOP')
      await wait(45_000)
      worker?.kill('SIGCONT')
    },
  },
  {
    id: 'F05',
    title: 'Redis killed, without its memory',
    do: async ({ redis }, chance) => {
      await wait(chance.between(2_000, 5_000))
      await redis.kill()
      await wait(1_500)
      await redis.startAgain({ appendOnly: false })
    },
  },
  {
    id: 'F06',
    title: 'Redis emptied every second',
    do: async ({ redis }, chance) => {
      await wait(chance.between(700, 1_500))
      await redis.command('FLUSHALL')
    },
  },
]

/** Runs the naive build through each fault. @returns what it lost and told twice */
export async function runNaive(runs: number, seed: number): Promise<readonly NaiveResult[]> {
  const results: NaiveResult[] = []
  for (const mishap of mishaps) {
    const { id, title } = mishap
    const chance = new SeededRandom(seed).fork(`naive ${id}`)
    results.push({ id, title, seed, ...(await breakOne(mishap.do, runs, chance)) })
  }
  return results
}

async function breakOne(mishap: Mishap, runs: number, chance: SeededRandom) {
  const folder = mkdtempSync(join(tmpdir(), 'stillflow-naive-'))
  const redis = await RedisServer.start(folder, { appendOnly: false })
  const told = new Map<string, number>()
  const receiver = createServer((request, response) => {
    const runId = request.url ?? ''
    told.set(runId, (told.get(runId) ?? 0) + 1)
    response.end()
  }).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  const callbackUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
  const launch = (role: string) => fork(join(__dirname, 'naive-process.js'), [role, String(redis.port), callbackUrl])
  const workers = new Map(Array.from({ length: workerCount }, (_, place) => [place, launch('worker')]))
  const replace = (place: number) => {
    workers.get(place)?.kill('SIGKILL')
    workers.set(place, launch('worker'))
  }
  const api = launch('api')
  const [{ port }] = (await once(api, 'message')) as [AddressInfo]
  let isOver = false
  const accepting = acceptRuns(`http://127.0.0.1:${port}`, runs).finally(() => (isOver = true))
  let faults = 0
  while (!isOver) {
    await mishap({ redis, workers, replace }, chance)
    faults += 1
  }
  const accepted = await accepting
  await untilQuiet(told, accepted.length)
  for (const child of [api, ...workers.values()]) child.kill('SIGKILL')
  receiver.close()
  receiver.closeAllConnections()
  await redis.kill()
  rmSync(folder, { recursive: true, force: true })
  const lost = accepted.filter((runId) => !told.has(`/${runId}`)).length
  const duplicateEnds = [...told.values()].reduce((sum, times) => sum + times - 1, 0)
  return { faults, accepted: accepted.length, lost, duplicateEnds }
}

/** Until all were told of, or nothing came for so long that nothing will: longer than locks and stalls may take. */
async function untilQuiet(told: ReadonlyMap<string, number>, wanted: number): Promise<void> {
  let [seen, sinceMs] = [told.size, Date.now()]
  while (told.size < wanted && Date.now() - sinceMs < quietMs) {
    await wait(250)
    if (told.size > seen) [seen, sinceMs] = [told.size, Date.now()]
  }
}

/** @returns the ids of the runs that were answered with 202 */
async function acceptRuns(url: string, runs: number): Promise<readonly string[]> {
  const accepted: string[] = []
  for (let n = 0; accepted.length < runs; n += 1) {
    const runId = `run${n}`
    // Nobody waits for ever for an answer that does not come while Redis is away.
    const answer = fetch(`${url}/${runId}`, { method: 'POST', signal: AbortSignal.timeout(2_000) })
    const status = await answer.then((response) => response.status).catch(() => 0)
    if (status === 202) accepted.push(runId)
    await wait(1_000 / perSecond)
  }
  return accepted
}
