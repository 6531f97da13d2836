import { type ChildProcess, execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median } from '../figures'
import { hasRedis } from '../flow/redis-server'
import { describeMachine } from '../machine'
import { root, saveResults } from '../results-files'

/** Of each product on each backend, so many at a time: one after the other, as a customer's are. */
const runs = 400
const runsAtATime = 20
/** The first commit that a run's way to its event was measured at. */
const firstMeasured = 'bec7bba'
const mostSlower = 0.2

/** Checks a commit out into a folder of its own and builds it, unless that was done before. @returns the folder */
function buildOf(commit: string): string {
  const folder = join(tmpdir(), `stillflow-bench-${commit}`)
  if (existsSync(folder)) return folder
  const unfinished = `${folder}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  const run = (command: string, ...args: readonly string[]): void => {
    execFileSync(command, args, { cwd: unfinished, stdio: ['ignore', 'ignore', 'inherit'] })
  }
  execFileSync('git', ['clone', '--quiet', '--shared', '--no-checkout', root, unfinished])
  run('git', 'checkout', '--quiet', '--detach', commit)
  run('npm', 'ci', '--no-audit', '--no-fund')
  run(process.execPath, join('scripts', 'build.mjs'))
  run(process.execPath, join('node_modules', '@swc', 'cli', 'bin', 'swc.js'), 'bench', '--out-dir', 'dist', '--quiet')
  renameSync(unfinished, folder)
  return folder
}

interface Contestant {
  readonly child: ChildProcess
  /** Aborts when it ends by itself. */
  readonly ended: AbortSignal
}

async function start(build: string, backend: string): Promise<Contestant> {
  const child = fork(join(__dirname, 'paired-product.js'), [build, backend])
  const controller = new AbortController()
  child.once('exit', () => controller.abort(new Error('A product ended by itself.')))
  await once(child, 'message', { signal: controller.signal })
  return { child, ended: controller.signal }
}

async function timeRuns({ child, ended }: Contestant): Promise<readonly number[]> {
  const tookMs: number[] = []
  for (let run = 0; run < runsAtATime; run += 1) {
    const told = once(child, 'message', { signal: ended })
    child.send('run')
    const [each] = (await told) as [number]
    tookMs.push(each)
  }
  return tookMs
}

async function stop({ child, ended: alreadyEnded }: Contestant): Promise<void> {
  if (alreadyEnded.aborted) return
  const ended = once(child, 'exit')
  child.disconnect()
  await ended
}

/** Both products are up, and make a few runs each in turn: whatever else the machine does, it does to both. */
async function timeInTurn(first: string, second: string, backend: string): Promise<readonly [number[], number[]]> {
  const times: readonly [number[], number[]] = [[], []]
  const started: Contestant[] = []
  try {
    const one = await start(first, backend)
    started.push(one)
    const other = await start(second, backend)
    started.push(other)
    for (let run = 0; run < runs / 2; run += runsAtATime) {
      times[0].push(...(await timeRuns(one)))
      times[1].push(...(await timeRuns(other)))
    }
  } finally {
    await Promise.all(started.map(stop))
  }
  return times
}

/** Once each started first, for who did is the slower one by a little. @returns medians in ms */
async function measure(ours: string, theirs: string, backend: string): Promise<readonly [number, number]> {
  const [oursFirst, theirsSecond] = await timeInTurn(ours, theirs, backend)
  const [theirsFirst, oursSecond] = await timeInTurn(theirs, ours, backend)
  return [median([...oursFirst, ...oursSecond]), median([...theirsFirst, ...theirsSecond])]
}

/** Times a run's way to its event by this build against another commit's; writes `results/against.json`. */
export async function benchAgainst(commit = firstMeasured): Promise<void> {
  const theirs = buildOf(commit)
  const rows = []
  for (const backend of hasRedis() ? ['postgres', 'redis'] : ['postgres']) {
    const [oursMs, theirsMs] = await measure(root, theirs, backend)
    const slower = oursMs / theirsMs - 1
    rows.push({
      what: `ProcessMedia sent → event received against commit ${commit}, in turn, ${backend}`,
      figure: `p50 ${oursMs.toFixed(1)} ms against ${theirsMs.toFixed(1)} ms, ${(100 * slower).toFixed(0)} % more`,
      target: `≤ ${100 * mostSlower} % more`,
      met: slower <= mostSlower,
    })
  }
  for (const { what, figure } of rows) process.stdout.write(`${what}\n        ${figure}\n`)
  saveResults('against', { machine: describeMachine(), rows })
}
