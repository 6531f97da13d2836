import { setTimeout as wait } from 'node:timers/promises'
import type { FaultCase } from '../fault-case'

/** F10: PostgreSQL stops at once, in the middle of everything, and is back soon after. */
export const postgresStop: FaultCase = {
  id: 'F10',
  title: 'PostgreSQL stopped at once',
  backends: ['redis', 'postgres'],
  runs: 1_000,
  convergeWithinS: 60,
  async harm({ lab, chance, pause, isOver }) {
    let faults = 0
    do {
      await pause(chance.between(2_000, 5_000))
      await lab.postgres.stopAtOnce()
      await wait(1_500)
      await lab.postgres.startAgain()
      faults += 1
    } while (faults < 3 || !isOver())
    return faults
  },
  check: ({ slowestCallMs }) => (slowestCallMs > 5_000 ? [`a call took ${slowestCallMs} ms`] : []),
}
