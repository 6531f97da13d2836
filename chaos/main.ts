import { randomInt } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { repositoryRoot } from '../apps/standalone/src/apps/apps'
import { describeMachine } from '../bench/machine'
import { faultCases, quickSelection } from './cases'
import type { FaultCase } from './fault-case'
import type { Backend } from './lab/lab'
import { runNaive } from './naive/run-naive'
import { writeReliabilityPage } from './reliability-page'
import { type CaseResult, runCase } from './run-case'
import { runSuite, suiteCases } from './suite-cases'

const usage = `npm run chaos [-- [--case F01]… [--backend redis|postgres|both] [--runs N] [--seed N] [--quick] [--keep] [--naive]]

Breaks a product of real processes in every way that the cases know, and checks that nothing was lost.
  --quick  a few small cases, as CI runs them
  --keep   leaves the logs and files of a case that failed
  --naive  breaks what one builds first instead: an API, a queue, and nothing else
`

/** As many as the naive build was first measured with. */
const naiveRuns = 700

interface Job {
  readonly fault: FaultCase
  readonly backend: Backend
  readonly runs: number
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      case: { type: 'string', multiple: true },
      backend: { type: 'string', default: 'both' },
      runs: { type: 'string' },
      seed: { type: 'string' },
      quick: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      naive: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(usage)
    return
  }
  const seed = values.seed === undefined ? randomInt(1, 1_000_000) : Number(values.seed)
  process.stdout.write(`seed ${seed}\n`)
  if (values.naive) {
    await breakNaive(values.runs === undefined ? naiveRuns : Number(values.runs), seed)
    return
  }
  const jobs = values.quick ? quickJobs() : chosenJobs(values)
  const suites = values.quick ? [] : suiteCases.filter(({ id }) => values.case?.includes(id) ?? true)
  let failed = 0
  for (const { fault, backend, runs } of jobs) {
    const result = await runCase(fault, { backend, runs, seed, keep: values.keep })
    tell(result)
    if (result.complaints.length > 0) failed += 1
    // A short try proves little: what is kept and shown is full cases.
    if (runs >= fault.runs) save(result)
  }
  for (const suite of suites) if (!runSuite(suite)) failed += 1
  const count = jobs.length + suites.length
  process.stdout.write(failed === 0 ? `${count} cases held\n` : `${failed} of ${count} cases did not hold\n`)
  process.exitCode = failed === 0 ? 0 : 1
}

async function breakNaive(runs: number, seed: number): Promise<void> {
  const results = await runNaive(runs, seed)
  for (const { id, title, faults, accepted, lost, duplicateEnds } of results) {
    process.stdout.write(
      `${id} ${title}: ${faults} faults, ${accepted} runs accepted, ${lost} lost, ${duplicateEnds} duplicate terminal events\n`,
    )
  }
  if (runs >= naiveRuns) writeResults('naive', { results })
}

function caseOf(id: string): FaultCase {
  const fault = faultCases.find((each) => each.id === id)
  if (fault === undefined)
    throw new Error(
      `There is no case ${id}; there are ${[...faultCases, ...suiteCases].map((each) => each.id).join(', ')}.`,
    )
  return fault
}

function quickJobs(): readonly Job[] {
  return quickSelection.map(({ id, backend, runs }) => ({ fault: caseOf(id), backend, runs }))
}

function chosenJobs({
  case: ids,
  backend,
  runs,
}: {
  case?: string[] | undefined
  backend: string
  runs?: string | undefined
}) {
  const faults = ids?.filter((id) => !suiteCases.some((suite) => suite.id === id)).map(caseOf) ?? faultCases
  return faults.flatMap((fault): readonly Job[] => {
    const backends = fault.backends.filter((each) => backend === 'both' || each === backend)
    if (backends.length === 0) process.stdout.write(`${fault.id} needs another backend than ${backend}\n`)
    return backends.map((each) => ({ fault, backend: each, runs: runs === undefined ? fault.runs : Number(runs) }))
  })
}

function tell(result: CaseResult): void {
  const { id, title, backend, complaints, accepted, refused, committedUnanswered, faults } = result
  const word = complaints.length === 0 ? 'held  ' : 'FAILED'
  process.stdout.write(
    `${word} ${id} ${title}, ${backend}\n` +
      `       ${faults} faults, ${accepted} runs accepted (${refused} calls refused, ${committedUnanswered} committed unanswered)\n` +
      `       ${result.lost} lost, ${result.duplicateEnds} duplicate terminal events, ${result.writtenTwice} results written twice, ` +
      `${result.missingOrPartial.length} results with missing or partial bytes\n` +
      `       ${result.extraExecutions} extra executions of ${result.tasks} tasks, ${result.unreferencedFiles} files that nothing leads to, ` +
      `slowest call ${result.slowestCallMs} ms, ` +
      `converged in ${result.convergedS.toFixed(1)} s, took ${result.tookS.toFixed(0)} s\n` +
      Object.entries(result.failedTasks)
        .map(([code, count]) => `       ${count} tasks failed with ${code}\n`)
        .join('') +
      complaints.map((complaint) => `       ! ${complaint}\n`).join(''),
  )
}

function save(result: CaseResult): void {
  writeResults(`${result.id}-${result.backend}`, result)
}

function writeResults(name: string, results: object): void {
  const folder = join(repositoryRoot(), 'chaos', 'results')
  mkdirSync(folder, { recursive: true })
  const whole = { ...results, machine: describeMachine() }
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(whole, undefined, 2)}\n`)
  writeReliabilityPage(folder)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  // Not only a code: the customers of a case that broke off still ask.
  process.exit(1)
})
