import { setTimeout as wait } from 'node:timers/promises'
import type { FaultCase } from '../fault-case'

const everywhere = ['redis', 'postgres'] as const

/** F03: workers' event loops stand still for two locks' time, while ffmpeg goes on. */
export const loopBlock: FaultCase = {
  id: 'F03',
  title: 'event loops of workers blocked for 30 s',
  backends: everywhere,
  runs: 200,
  convergeWithinS: 90,
  lab: { preloads: { 'worker-': 'block-on-signal.cjs' } },
  async harm({ lab, chance, pause, isOver }) {
    const workers = lab.fleet.of('worker-').filter(({ app }) => app !== 'worker-ingest')
    let faults = 0
    do {
      await pause(chance.between(500, 2_000))
      for (const worker of new Set([chance.pick(workers), chance.pick(workers)])) {
        worker.signal('SIGUSR2')
        faults += 1
      }
      // However soon the rest has ended: who is blocked still holds its scratch files.
      await wait(33_000)
    } while (!isOver())
    return faults
  },
}

const tenMinutesMs = 600_000

/** F24: machines whose clocks differ by minutes, and jump. */
export const clockSkew: FaultCase = {
  id: 'F24',
  title: 'clocks ten minutes apart, jumping back an hour',
  backends: everywhere,
  runs: 300,
  convergeWithinS: 60,
  lab: {
    preloads: { api: 'shift-clock.cjs', conductor: 'shift-clock.cjs', 'worker-': 'shift-clock.cjs' },
    envOf: {
      'worker-s': { CHAOS_CLOCK_SHIFT_MS: String(tenMinutesMs) },
      'worker-i': { CHAOS_CLOCK_SHIFT_MS: String(-tenMinutesMs) },
      conductor: { CHAOS_CLOCK_SHIFT_MS: String(-tenMinutesMs) },
    },
  },
  async harm({ lab, chance, pause, isOver }) {
    let faults = 0
    do {
      await pause(chance.between(2_000, 4_000))
      chance.pick(lab.fleet.members).signal('SIGUSR2')
      faults += 1
    } while (!isOver())
    return faults
  },
}
