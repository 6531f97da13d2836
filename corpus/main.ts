import { parseArgs } from 'node:util'
import type { CorpusCase } from './case'
import { everyCase } from './cases/every-case'
import { judgeAftermath } from './judging/aftermath'
import { openLab } from './open-lab'
import { WatchedProcesses } from './product/watched-processes'
import { type CaseResult, runCases } from './run-cases'
import { writeResults } from './write-results'

const usage = `npm run corpus [-- --case <numbers, separated by commas> | --quick] [--twice]
Without arguments: all cases, twice, and docs/bad-inputs.md is written.
`

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      case: { type: 'string' },
      quick: { type: 'boolean', default: false },
      twice: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(usage)
    return
  }
  const chosen = chooseCases(values)
  const isWhole = chosen.length === everyCase.length
  const startedAtMs = performance.now()
  const { lab, close } = await openLab()
  const processes = new WatchedProcesses(lab.product.dataDir)
  try {
    const rounds: (readonly CaseResult[])[] = []
    for (let round = 0; round < (values.twice || isWhole ? 2 : 1); round += 1) rounds.push(await runCases(chosen, lab))
    const broken = await judgeAftermath(lab, processes)
    const tookS = Math.round((performance.now() - startedAtMs) / 1000)
    const isFine = report(rounds, broken, processes, tookS)
    if (isWhole) writeResults({ rounds, broken, peaks: processes.peaks, tookS })
    process.exitCode = isFine ? 0 : 1
  } finally {
    processes.stop()
    await close()
  }
}

function chooseCases({ case: numbers, quick }: { case?: string | undefined; quick: boolean }): readonly CorpusCase[] {
  if (numbers !== undefined) {
    const wanted = new Set(numbers.split(',').map(Number))
    return everyCase.filter(({ number }) => wanted.has(number))
  }
  return quick ? everyCase.filter((corpusCase) => corpusCase.quick === true) : everyCase
}

function report(
  rounds: readonly (readonly CaseResult[])[],
  broken: readonly string[],
  { peaks }: WatchedProcesses,
  tookS: number,
): boolean {
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
