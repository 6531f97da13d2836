import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'

export interface Cost {
  readonly wallS: number
  /** User and system time of this process and of every process that it started and waited for. */
  readonly cpuS: number
  /** The most that this process's children held resident at one time, shared pages counted in full. */
  readonly childrenPeakMb: number
  /** The most that this process held resident itself. */
  readonly ownPeakMb: number
}

const sampleEveryMs = 20
/** Linux has counted in hundredths of a second towards programs since long before it stopped doing so inside. */
const ticksPerSecond = 100
const kilobytesPerPage = 4

/** What something costs. Linux only: children are counted as /proc has them. */
export async function measure(work: () => Promise<unknown>): Promise<Cost> {
  let [childrenPeakMb, ownPeakMb] = [0, 0]
  const sample = (): void => {
    childrenPeakMb = Math.max(childrenPeakMb, residentBelowMb(process.pid))
    ownPeakMb = Math.max(ownPeakMb, process.memoryUsage.rss() / 2 ** 20)
  }
  const sampling = setInterval(sample, sampleEveryMs)
  const cpuBeforeS = cpuSecondsSoFar()
  const startedMs = performance.now()
  try {
    await work()
    const wallS = (performance.now() - startedMs) / 1_000
    return { wallS, cpuS: cpuSecondsSoFar() - cpuBeforeS, childrenPeakMb, ownPeakMb }
  } finally {
    clearInterval(sampling)
  }
}

function cpuSecondsSoFar(): number {
  const { user, system } = process.cpuUsage()
  // After the name in brackets, which may hold spaces: cutime and cstime are the 14th and 15th field.
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? []
  return (user + system) / 1e6 + (Number(fields[13]) + Number(fields[14])) / ticksPerSecond
}

function residentBelowMb(pid: number): number {
  return childrenOf(pid).reduce((sum, child) => sum + residentMb(child) + residentBelowMb(child), 0)
}

/** Those that its main thread started, as Node and the tools do. */
function childrenOf(pid: number): readonly number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  } catch {
    // It ended meanwhile.
    return []
  }
}

function residentMb(pid: number): number {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1])
    return (pages * kilobytesPerPage) / 1_024
  } catch {
    return 0
  }
}
