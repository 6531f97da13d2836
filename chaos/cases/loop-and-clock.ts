import { setTimeout as wait } from 'node:timers/promises'
import { signedCall } from '../../bench/door/signed-call'
import type { FaultCase, Harm } from '../fault-case'

const everywhere = ['redis', 'postgres'] as const

/** F03: workers' event loops stand still for two locks' time, while ffmpeg goes on. */
export const loopBlock: FaultCase = {
  id: 'F03',
  title: 'event loops of workers blocked for 30 s',
  backends: everywhere,
  runs: 1_000,
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
const signalLimitMs = 5_000

/** What an API says to a call that is signed for this moment. */
async function askSigned({ lab: { caller } }: Harm, url: string): Promise<string> {
  const { host } = new URL(url)
  const { headers, body } = signedCall(host, caller.accessKey, 'DescribeTaskDetail', { TaskId: 'none' })
  const response = await fetch(url, { method: 'POST', headers, body })
  return response.text()
}

/** A signature is good for five minutes on either side: an API whose clock fell back an hour refuses it. */
async function expectExpired(harm: Harm): Promise<void> {
  const { lab, complain } = harm
  const url = lab.caller.urls[0] ?? ''
  lab.fleet.of('api')[0]?.signal('SIGUSR2')
  let said = ''
  for (const until = performance.now() + signalLimitMs; performance.now() < until;) {
    said = await askSigned(harm, url)
    if (said.includes('AuthFailure.SignatureExpire')) return
    await wait(50)
  }
  complain(`an API an hour behind answered a signed call: ${said.slice(0, 200)}`)
}

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
  async harm(harm) {
    const { lab, chance, pause, isOver } = harm
    const before = await askSigned(harm, lab.caller.urls[0] ?? '')
    if (before.includes('AuthFailure')) harm.complain(`a signed call in time was refused: ${before.slice(0, 200)}`)
    let faults = 0
    do {
      await pause(chance.between(2_000, 4_000))
      chance.pick(lab.fleet.members).signal('SIGUSR2')
      faults += 1
    } while (!isOver())
    await expectExpired(harm)
    return faults + 1
  },
}
