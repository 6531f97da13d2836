import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { everyCase } from './cases/every-case'
import type { CaseResult, TrialResult } from './run-cases'

/** The repository: this file runs from dist/corpus. */
const root = resolve(__dirname, '..', '..')

export interface CorpusResults {
  readonly rounds: readonly (readonly CaseResult[])[]
  readonly broken: readonly string[]
  readonly peaks: ReadonlyMap<string, number>
  readonly tookS: number
}

/** Keeps what came out, for machines and, as docs/bad-inputs.md, for readers. */
export function writeResults({ rounds, broken, peaks, tookS }: CorpusResults): void {
  const peaksMb = Object.fromEntries([...peaks].map(([app, bytes]) => [app, Math.round(bytes / 1e6)]))
  const content = { tookS, peaksMb, broken, rounds }
  mkdirSync(join(root, 'corpus'), { recursive: true })
  writeFileSync(join(root, 'corpus', 'results.json'), `${JSON.stringify(content, undefined, 2)}\n`)
  writeFileSync(join(root, 'docs', 'bad-inputs.md'), page(rounds[0] ?? []))
}

const head = `# Bad inputs

What the product answers to 108 inputs that should not be, each made by a script and sent through the whole product:
\`npm run corpus\` does it, twice, and writes this page (\`--once\`: in one round). A cheap part runs with every change (\`npm run corpus -- --quick\`).

Every time the workers live on, other tasks are not disturbed, each run's end is told exactly once, and nothing is left
behind: no process, no scratch file, no half-written file, and no local path in any message. _Fails_ means that all four
kinds of tasks fail with that code of the catalogue (\`libs/kernel/src/errors.ts\`) and are tried once, unless a number of
tries is given; _refused_, that the API says no at once; _succeeds_, that the pictures came and show what they should.

| #   | Input | How it is made | Answer | Why |
| --- | ----- | -------------- | ------ | --- |
`

function page(results: readonly CaseResult[]): string {
  const rows = everyCase.map(({ number, title, made, decision = '' }) => {
    const { trials } = results.find((result) => result.number === number) ?? { trials: [] }
    return `| ${[String(number), title, made, answersOf(trials), decision].map(cell).join(' | ')} |`
  })
  return `${head}${rows.join('\n')}\n`
}

function answersOf(trials: readonly TrialResult[]): string {
  const answers = new Set(trials.map(({ answer }) => answer ?? '**not as it should be**'))
  return [...answers].join('; ')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
