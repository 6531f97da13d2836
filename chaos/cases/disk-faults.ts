import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { FaultCase } from '../fault-case'

const scratchMb = 32

/** F14: the disk for scratch files is full, for seconds at a time. */
export const scratchFull: FaultCase = {
  id: 'F14',
  title: 'scratch disk full',
  backends: ['redis', 'postgres'],
  runs: 200,
  convergeWithinS: 120,
  lab: { scratchMb, env: { MIN_FREE_DISK_MB: '1' } },
  async harm({ lab, chance, pause, isOver }) {
    const ballast = join(lab.workFolder, 'ballast')
    let faults = 0
    do {
      await pause(chance.between(1_000, 3_000))
      // As much as there is room for.
      await writeFile(ballast, Buffer.alloc(scratchMb * 1024 * 1024)).catch(() => undefined)
      await wait(4_000)
      await rm(ballast, { force: true })
      faults += 1
      await pause(6_000)
    } while (!isOver())
    return faults
  },
}
