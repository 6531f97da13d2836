import type { FaultCase, Harm } from '../fault-case'
import { deliverTheRest } from './callback-faults'
import { postgresStop } from './postgres-faults'
import { apiKill } from './process-faults'
import { setTimeout as wait } from 'node:timers/promises'

/** One of the faults of F01 to F10, chosen by chance. */
const mishaps: readonly ((harm: Harm) => Promise<void> | void)[] = [
  ({ lab, chance }) => chance.pick(lab.fleet.of('worker-')).signal('SIGKILL'),
  ({ lab, chance }) => chance.pick(lab.fleet.of('worker-')).signal('SIGKILL'),
  ({ lab, chance }) => chance.pick([...lab.fleet.of('api'), ...lab.fleet.of('conductor')]).signal('SIGKILL'),
  async ({ lab, chance }) => {
    const worker = chance.pick(lab.fleet.of('worker-'))
    worker.signal('SIGSTOP')
    await wait(22_500)
    worker.signal('SIGCONT')
  },
  async ({ lab }) => {
    await lab.redis?.command('FLUSHALL')
  },
  async ({ lab, chance }) => {
    await lab.redis?.kill()
    await wait(chance.between(500, 5_000))
    await lab.redis?.startAgain({ appendOnly: chance.next() < 0.5 })
  },
  async ({ lab }) => {
    await lab.postgres.stopAtOnce()
    await wait(1_500)
    await lab.postgres.startAgain()
  },
]

/** F35: all of it, mixed, with a receiver that fails as well. */
export const mixedSoak: FaultCase = {
  id: 'F35',
  title: 'everything at once',
  backends: postgresStop.backends,
  runs: 3_000,
  convergeWithinS: 120,
  lab: { ...apiKill.lab },
  async harm(harm) {
    harm.lab.receiver.treat = () => (harm.chance.next() < 0.1 ? 'reset' : harm.chance.next() < 0.15 ? 500 : 200)
    let faults = 0
    do {
      await harm.pause(harm.chance.between(1_000, 4_000))
      await harm.chance.pick(mishaps)(harm)
      faults += 1
    } while (!harm.isOver())
    harm.lab.receiver.treat = () => 200
    return faults
  },
  afterwards: (lab) => deliverTheRest(lab),
}
