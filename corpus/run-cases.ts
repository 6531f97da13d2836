import type { CorpusCase, Trial } from './case'
import type { Lab } from './lab'

/** What became of one trial. */
export interface TrialResult {
  readonly name: string
  readonly answer?: string
  readonly failure?: string
  readonly tookMs: number
}

export interface CaseResult {
  readonly number: number
  readonly trials: readonly TrialResult[]
}

/** Busy ones at a time; what waits for servers and retries runs beside them. */
const busyLanes = 4
const waitingLanes = 16

/** Runs every trial of some cases once, several at a time. */
export async function runCases(cases: readonly CorpusCase[], lab: Lab): Promise<readonly CaseResult[]> {
  const results = new Map<number, TrialResult[]>()
  const work = async (corpusCase: CorpusCase): Promise<void> => {
    const trials = await listTrials(corpusCase, lab)
    const found: TrialResult[] = []
    for (const trial of trials) found.push(await runTrial(trial, lab))
    results.set(corpusCase.number, found)
    const failed = found.filter(({ failure }) => failure !== undefined)
    const sign = failed.length === 0 ? '✓' : '✗'
    console.log(`${sign} ${corpusCase.number} ${corpusCase.title}`)
    for (const { name, failure } of failed) console.log(`    ${name}: ${failure ?? ''}`)
  }
  const waiting = cases.filter(({ waits }) => waits === true)
  const busy = cases.filter(({ waits }) => waits !== true)
  await Promise.all([inLanes(waiting, waitingLanes, work), inLanes(busy, busyLanes, work)])
  return cases.map(({ number }) => ({ number, trials: results.get(number) ?? [] }))
}

async function listTrials(corpusCase: CorpusCase, lab: Lab): Promise<readonly Trial[]> {
  try {
    return await corpusCase.trials(lab)
  } catch (thrown) {
    return [{ name: 'making it', run: () => Promise.reject(toError(thrown)) }]
  }
}

async function runTrial({ name, run }: Trial, lab: Lab): Promise<TrialResult> {
  const startedAtMs = performance.now()
  const result = await run(lab).then(
    (answer) => ({ answer }),
    (thrown: unknown) => ({ failure: toError(thrown).message }),
  )
  return { name, ...result, tookMs: Math.round(performance.now() - startedAtMs) }
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}

async function inLanes<Item>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = [...items]
  const lane = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}
