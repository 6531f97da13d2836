import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { median } from '../figures'
import { type Cost, measure } from './measure'
import type { Measured } from './row'
import type { Way } from './ways/way'

/** A way that takes longer once is not run again: what is slow by minutes needs no median. */
const onceAboveS = 15

export interface RaceTerms {
  readonly rounds: number
  /** Ways that are expected to take longer are left out, and said so. */
  readonly limitS: number
  readonly scratch: string
  /** Files that every way has to make. */
  readonly makes: number
  /** What decoding a frame takes one core, to estimate from; without it nothing is left out. */
  readonly frameS?: number
  /** Has ours run without warming up, when that takes minutes. */
  readonly isWarm?: true
}

/**
 * Runs every way once a round, each in turn, after one round of ours that warms it up as a worker is.
 * @returns medians, in the order of the ways
 * @throws Error when a way makes fewer files than it should
 */
export async function race(ways: readonly Way[], terms: RaceTerms): Promise<readonly Measured[]> {
  const costs = new Map<Way, Cost[]>(ways.map((way) => [way, []]))
  for (const way of ways) if (way.of === 'ours' && terms.isWarm !== true) await take(way, terms)
  for (let round = 0; round < terms.rounds; round += 1) {
    for (const [way, taken] of costs) {
      const isSlow = (taken[0]?.wallS ?? 0) > onceAboveS
      if (isSlow || estimateS(way, terms) > terms.limitS) continue
      taken.push(await take(way, terms))
    }
  }
  return [...costs].map(([way, taken]) => summary(way, taken, terms))
}

async function take(way: Way, { scratch, makes }: RaceTerms): Promise<Cost> {
  const place = join(scratch, 'made')
  await rm(place, { recursive: true, force: true })
  await mkdir(place, { recursive: true })
  let made = 0
  const cost = await measure(async () => {
    made = await way.run(place)
  })
  if (made < makes) throw new Error(`${way.name} made ${made} of ${makes} files.`)
  return cost
}

/** Every core at work on decoding alone: a way takes at least that. */
function estimateS(way: Way, { frameS = 0 }: RaceTerms): number {
  return (way.decodes * frameS) / 2
}

function summary(way: Way, taken: readonly Cost[], terms: RaceTerms): Measured {
  const about = { way: way.name, of: way.of, shows: way.shows, rounds: taken.length }
  if (taken.length === 0) return { ...about, leftOut: `would take about ${estimateS(way, terms).toFixed(0)} s` }
  const round = (values: readonly number[], digits: number): number => Number(median(values).toFixed(digits))
  return {
    ...about,
    wallS: round(
      taken.map(({ wallS }) => wallS),
      3,
    ),
    cpuS: round(
      taken.map(({ cpuS }) => cpuS),
      2,
    ),
    childrenPeakMb: round(
      taken.map(({ childrenPeakMb }) => childrenPeakMb),
      0,
    ),
    ...(way.of === 'ours' && {
      ownPeakMb: round(
        taken.map(({ ownPeakMb }) => ownPeakMb),
        0,
      ),
    }),
  }
}
