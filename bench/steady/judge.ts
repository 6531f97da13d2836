import { median } from '../figures'
import type { Sample } from './sampler'

/** A figure with what it is held against. */
export interface Verdict {
  readonly what: string
  readonly figure: string
  readonly target: string
  readonly met: boolean
}

const mostGrowthPercent = 5
const megabyte = 2 ** 20

/** Judges the last half of what was seen, its second part against its first: caches and code are warm by then. */
export function judge(backend: string, samples: readonly Sample[]): readonly Verdict[] {
  const from = Math.floor(samples.length / 2)
  const middle = Math.floor((samples.length * 3) / 4)
  const [third, fourth] = [samples.slice(from, middle), samples.slice(middle)]
  const flat = (what: string, unit: string, of: (sample: Sample) => number): Verdict => {
    const [before, after] = [median(third.map(of)), median(fourth.map(of))]
    const growth = (after / before - 1) * 100
    return {
      what: `${what}, ${backend}`,
      figure: `${before.toFixed(1)} → ${after.toFixed(1)} ${unit} (${growth >= 0 ? '+' : ''}${growth.toFixed(1)} %)`,
      target: `≤ +${mostGrowthPercent} % in the last half`,
      met: growth <= mostGrowthPercent,
    }
  }
  const names = Object.keys(samples.at(-1)?.appsMb ?? {}).sort()
  const total = ({ appsMb }: Sample): number => Object.values(appsMb).reduce((sum, each) => sum + each, 0)
  return [
    flat('Memory of all apps together', 'MB', total),
    ...names.map((name) => flat(`Memory of ${name}`, 'MB', ({ appsMb }) => appsMb[name] ?? NaN)),
    ...(samples[0]?.redisBytes === undefined
      ? []
      : [flat('Memory that Redis uses', 'MB', ({ redisBytes = NaN }) => redisBytes / megabyte)]),
    databaseGrowth(backend, samples.slice(from)),
  ]
}

/** Rows of runs, tasks and events are kept on purpose; what they cost is told by the run. */
function databaseGrowth(backend: string, samples: readonly Sample[]): Verdict {
  const [first, last] = [samples[0], samples.at(-1)]
  const runs = (last?.runs ?? 0) - (first?.runs ?? 0)
  const bytes = ((last?.databaseBytes ?? NaN) - (first?.databaseBytes ?? NaN)) / runs
  return {
    what: `Growth of the database per run of four tasks, ${last?.runs ?? 0} runs, ${backend}`,
    figure: `${(bytes / 1_024).toFixed(1)} KB`,
    target: `≤ ${mostKbPerRun} KB`,
    met: bytes <= mostKbPerRun * 1_024,
  }
}

const mostKbPerRun = 64
