import { setTimeout as wait } from 'node:timers/promises'
import type { FaultCase, Harm } from '../fault-case'
import type { Member } from '../lab/fleet'

const everywhere = ['redis', 'postgres'] as const

/** Kills one after the other of these, at random moments. */
async function killSome({ chance, pause, isOver }: Harm, members: readonly Member[]): Promise<number> {
  let kills = 0
  do {
    await pause(chance.between(800, 2_600))
    chance.pick(members).signal('SIGKILL')
    kills += 1
  } while (!isOver())
  return kills
}

/** F01: workers die in the middle of their work. */
export const workerKill: FaultCase = {
  id: 'F01',
  title: 'workers killed',
  backends: everywhere,
  runs: 1_000,
  convergeWithinS: 60,
  harm: (harm) => killSome(harm, harm.lab.fleet.of('worker-')),
  check: ({ extraExecutions, tasks }) =>
    extraExecutions > tasks / 10 + 10 ? [`${extraExecutions} extra executions of ${tasks} tasks`] : [],
}

/** F02: workers stop for one and a half leases, and wake up to what is no longer theirs. */
export const workerFreeze: FaultCase = {
  id: 'F02',
  title: 'workers frozen beyond their lease',
  backends: everywhere,
  runs: 1_000,
  convergeWithinS: 60,
  async harm({ lab, chance, pause, isOver }) {
    const workers = lab.fleet.of('worker-').filter(({ app }) => app !== 'worker-ingest')
    let freezes = 0
    do {
      const frozen = [...new Set([chance.pick(workers), chance.pick(workers), chance.pick(workers)])]
      for (const worker of frozen) worker.signal('SIGSTOP')
      freezes += frozen.length
      // The whole of it even when the load is over: it is the waking up that does harm.
      await wait(22_500)
      for (const worker of frozen) worker.signal('SIGCONT')
      await pause(chance.between(1_000, 3_000))
    } while (!isOver())
    return freezes
  },
  // Nothing else happens to them, so whatever was done again was taken from one who slept, and is fenced when it wakes.
  check: ({ extraExecutions, accepted }) =>
    accepted >= 300 && extraExecutions === 0 ? ['no frozen worker lost its task'] : [],
}

/** F04: API processes and conductors die, some of them between the commit and the answer. */
export const apiKill: FaultCase = {
  id: 'F04',
  title: 'API and conductors killed, also between commit and answer',
  backends: everywhere,
  runs: 1_000,
  // A delivery that its conductor did not live to end is made again after its lease of 60 s.
  convergeWithinS: 120,
  lab: { preloads: { api: 'die-before-answer.cjs' } },
  async harm(harm) {
    const { fleet } = harm.lab
    return killSome(harm, [...fleet.of('api'), ...fleet.of('conductor')])
  },
  check: ({ committedUnanswered, accepted }) =>
    committedUnanswered === 0 && accepted >= 300 ? ['no process died between commit and answer'] : [],
}

/** F22: whoever delivers dies in the middle of a delivery. */
export const delivererKill: FaultCase = {
  id: 'F22',
  title: 'conductors killed while they deliver',
  backends: everywhere,
  runs: 1_000,
  convergeWithinS: 120,
  async harm(harm) {
    const { receiver, fleet } = harm.lab
    receiver.treat = () => ({ status: 200, afterMs: harm.chance.between(0, 400) })
    const kills = await killSome(harm, fleet.of('conductor'))
    receiver.treat = () => 200
    return kills
  },
}
