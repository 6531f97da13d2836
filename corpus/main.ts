import { parseArgs } from 'node:util'
import type { CorpusCase } from './case'
import { everyCase } from './cases/every-case'
import { judgeAftermath } from './judging/aftermath'
import { openLab, openSmallLab } from './open-lab'
import { WatchedProcesses } from './product/watched-processes'
import { type CaseResult, runCases } from './run-cases'
import { type CorpusResults, writeResults } from './write-results'

const usage = `npm run corpus [-- --case <numbers, separated by commas> | --quick] [--twice | --once]
Without arguments: all cases, twice, and docs/bad-inputs.md is written. Cases that mount a disk are for root, and left out
for others.
`

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      case: { type: 'string' },
      quick: { type: 'boolean', default: false },
      twice: { type: 'boolean', default: false },
      once: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(usage)
    return
  }
  const chosen = withoutRoots(chooseCases(values))
  const isWhole = chosen.length === everyCase.length
  const times = (values.twice || isWhole) && !values.once ? 2 : 1
  const startedAtMs = performance.now()
  const visits = [
    await visit(
      chosen.filter(({ small }) => small !== true),
      openLab,
      times,
    ),
    await visit(
      chosen.filter(({ small }) => small === true),
      openSmallLab,
      times,
    ),
  ]
  const results = {
    rounds: Array.from({ length: times }, (_, round) => visits.flatMap(({ rounds }) => rounds[round] ?? [])),
    broken: visits.flatMap(({ broken }) => broken),
    peaks: visits[0]?.peaks ?? new Map<string, number>(),
    tookS: Math.round((performance.now() - startedAtMs) / 1000),
  }
  if (isWhole) writeResults(results)
  process.exitCode = report(results) ? 0 : 1
}

type Visit = Omit<CorpusResults, 'tookS'>

/** Runs some cases so many times in one lab, and looks at what they have left. */
async function visit(cases: readonly CorpusCase[], open: typeof openSmallLab, times: number): Promise<Visit> {
  if (cases.length === 0) return { rounds: [], broken: [], peaks: new Map() }
  const { lab, close } = await open()
  const processes = new WatchedProcesses(lab.product.dataDir)
  try {
    const rounds: (readonly CaseResult[])[] = []
    for (let round = 0; round < times; round += 1) rounds.push(await runCases(cases, lab))
    return { rounds, broken: await judgeAftermath(lab, processes), peaks: processes.peaks }
  } finally {
    processes.stop()
    await close()
  }
}

/** @returns the cases that this user can run; says which are left out */
function withoutRoots(wanted: readonly CorpusCase[]): readonly CorpusCase[] {
  if (process.getuid?.() === 0) return wanted
  for (const { number, title } of wanted.filter(({ needsRoot }) => needsRoot)) {
    process.stdout.write(`left out, for it needs root: ${number} ${title}\n`)
  }
  return wanted.filter(({ needsRoot }) => needsRoot !== true)
}

function chooseCases({ case: numbers, quick }: { case?: string | undefined; quick: boolean }): readonly CorpusCase[] {
  if (numbers !== undefined) {
    const wanted = new Set(numbers.split(',').map(Number))
    return everyCase.filter(({ number }) => wanted.has(number))
  }
  return quick ? everyCase.filter((corpusCase) => corpusCase.quick === true) : everyCase
}

/** @returns whether all is as it should be */
function report({ rounds, broken, peaks, tookS }: CorpusResults): boolean {
  const trials = rounds.flatMap((results) => results.flatMap(({ trials: found }) => found))
  const failed = trials.filter(({ failure }) => failure !== undefined).length
  for (const [app, bytes] of peaks) console.log(`${app}: at most ${Math.round(bytes / 1e6)} MB with its tools`)
  for (const complaint of broken) console.log(`✗ ${complaint}`)
  const cases = rounds[0]?.length ?? 0
  console.log(`${cases} cases, ${trials.length} trials in ${rounds.length} rounds, ${failed} failed, ${tookS} s`)
  return failed === 0 && broken.length === 0 && trials.length > 0
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exitCode = 1
})
