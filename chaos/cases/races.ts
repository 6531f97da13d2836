import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import type { FaultCase, Harm } from '../fault-case'

const everywhere = ['redis', 'postgres'] as const

const atOnce = 50

/** F27: fifty calls with one session at once, of which one may be accepted. */
export const sessionRace: FaultCase = {
  id: 'F27',
  title: 'fifty calls with one SessionId at once',
  backends: everywhere,
  runs: 200,
  convergeWithinS: 60,
  bringsRuns: true,
  async harm({ lab, runs, chance, complain }) {
    const { mediaId, definitions, caller } = lab
    const tasks = [{ kind: 'coverBySnapshot', definition: definitions.snapshot, position: '50%' }]
    for (let race = 0; race < runs; race += 1) {
      const sessionId = `race-${race}-${Math.floor(chance.next() * 1e9)}`
      const calls = Array.from({ length: atOnce }, () => caller.askForRun({ mediaId, tasks, sessionId }))
      const answers = await Promise.all(calls)
      const acceptedCount = answers.filter(({ runId }) => runId !== undefined).length
      const refusedCount = answers.filter(({ said }) => said.includes('session.duplicate')).length
      if (acceptedCount !== 1 || refusedCount !== atOnce - 1) {
        complain(`${acceptedCount} of ${atOnce} calls with one session accepted, ${refusedCount} told why not`)
      }
    }
    return runs
  },
}

/** Holds every run that is under way for a moment, so that the ends of its tasks come together. */
async function gather({ lab }: Harm, forMs: number): Promise<void> {
  const client = new Client({ connectionString: lab.postgres.urlBy() })
  await client.connect()
  await client.query('begin')
  await client.query('select from run where finished_at is null order by id for update')
  await wait(forMs)
  await client.query('commit')
  await client.end()
}

/** F28: the last two tasks of many runs end at one moment, in two conductors. */
export const lastTwoRace: FaultCase = {
  id: 'F28',
  title: 'last two tasks ending at one moment',
  backends: everywhere,
  runs: 1_000,
  convergeWithinS: 30,
  async harm(harm) {
    let faults = 0
    do {
      await harm.pause(harm.chance.between(50, 300))
      await gather(harm, harm.chance.between(500, 1_500))
      faults += 1
    } while (!harm.isOver())
    return faults
  },
}

/** F34: runs are aborted at any moment of their lives. */
export const abortStorm: FaultCase = {
  id: 'F34',
  title: 'runs aborted at random moments',
  backends: everywhere,
  runs: 1_000,
  convergeWithinS: 60,
  mayFailWith: ['task.aborted'],
  async harm({ lab, chance, isOver }) {
    const asked = new Set<string>()
    do {
      const fresh = [...lab.caller.acceptedRuns].filter((runId) => !asked.has(runId))
      for (const runId of fresh) {
        asked.add(runId)
        if (chance.next() < 0.4) continue
        const lateMs = chance.between(0, 4_000)
        void wait(lateMs).then(() => lab.caller.send('POST', `/v1/runs/${runId}/abort`).catch(() => undefined))
      }
      await wait(20)
    } while (!isOver())
    await wait(4_500)
    return asked.size
  },
  async check(_verdict, lab) {
    const sql = `select count(*)::int as count from task join run on run.id = task.run_id
                 where run.state = 'aborted' and task.finished_at > run.finished_at`
    const [row] = await lab.query<{ count: number }>(sql)
    return (row?.count ?? 0) > 0 ? [`${row?.count ?? 0} tasks ended after their run was aborted`] : []
  },
}
