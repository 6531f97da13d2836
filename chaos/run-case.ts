import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { countOpen } from './checking/final-rows'
import { judge, type Verdict } from './checking/verdict'
import { Load } from './clients/load'
import type { FaultCase } from './fault-case'
import { type Backend, Lab } from './lab/lab'
import { SeededRandom } from './seeded-random'

/** How long unfinished work is waited for before it counts as lost. */
const giveUpS = 180

export interface CaseResult extends Verdict {
  readonly id: string
  readonly title: string
  readonly backend: Backend
  readonly seed: number
  readonly runs: number
  readonly faults: number
  readonly convergedS: number
  readonly tookS: number
  readonly complaints: readonly string[]
}

export interface CaseOrder {
  readonly backend: Backend
  readonly seed: number
  readonly runs: number
  /** Leaves the folder with logs and files when something was wrong. */
  readonly keep: boolean
}

/** Runs one case on a product of its own. */
export async function runCase(fault: FaultCase, { backend, seed, runs, keep }: CaseOrder): Promise<CaseResult> {
  const beganMs = performance.now()
  const chance = new SeededRandom(seed).fork(fault.id)
  const lab = await Lab.open({ ...fault.lab, backend })
  let isFine = false
  try {
    const load = new Load(lab, chance.fork('load'), { runs })
    const complaints: string[] = []
    const loading = fault.bringsRuns === true ? undefined : load.run()
    const isOver = () => loading === undefined || load.isNearlyOver()
    const faults = await fault.harm({
      ...{ lab, runs, isOver, chance: chance.fork('harm') },
      pause: (ms) => pauseUnless(isOver, ms),
      complain: (sentence) => complaints.push(sentence),
    })
    const lastFaultMs = performance.now()
    await Promise.all([loading, fault.afterwards?.(lab)])
    await converge(lab)
    const convergedS = (performance.now() - lastFaultMs) / 1_000
    const verdict = await judge(lab, lab.caller.acceptedRuns)
    complaints.push(...complaintsOf(verdict, fault, convergedS), ...((await fault.check?.(verdict, lab)) ?? []))
    isFine = complaints.length === 0
    const { id, title } = fault
    const tookS = (performance.now() - beganMs) / 1_000
    return { ...{ id, title, backend, seed, runs, faults, convergedS, tookS, complaints }, ...verdict }
  } finally {
    if (!isFine && keep) process.stdout.write(`Logs and files are kept in ${lab.folder}\n`)
    await lab.close(!isFine && keep)
  }
}

async function pauseUnless(isOver: () => boolean, ms: number): Promise<void> {
  const until = performance.now() + ms
  while (performance.now() < until && !isOver()) await wait(Math.min(50, Math.max(1, until - performance.now())))
}

async function converge(lab: Lab): Promise<void> {
  const until = performance.now() + giveUpS * 1_000
  while (performance.now() < until) {
    if ((await countOpen(lab).catch(() => Infinity)) === 0) return
    await wait(100)
  }
}

function complaintsOf(verdict: Verdict, fault: FaultCase, convergedS: number): readonly string[] {
  const unexpected = Object.entries(verdict.failedTasks).filter(([code]) => !fault.mayFailWith?.includes(code))
  const { lost, duplicateEnds, unheard, writtenTwice, missingOrPartial, residue } = verdict
  return [
    ...(lost > 0 ? [`${lost} runs lost`] : []),
    ...(duplicateEnds > 0 ? [`${duplicateEnds} duplicate terminal events`] : []),
    ...(unheard > 0 ? [`${unheard} runs whose end nobody heard of`] : []),
    ...(writtenTwice > 0 ? [`${writtenTwice} results written twice`] : []),
    ...missingOrPartial.slice(0, 5),
    ...residue.slice(0, 5).map((what) => `left behind: ${what}`),
    ...unexpected.map(([code, count]) => `${count} tasks failed with ${code}: ${verdict.failureDetails[code] ?? ''}`),
    ...(convergedS > fault.convergeWithinS ? [`converged after ${convergedS.toFixed(1)} s`] : []),
  ]
}
