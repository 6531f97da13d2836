import type { Sampling } from '@libs/tasks'
import { integerIn } from '../../parameters/fields'

const longestMs = 1_000_000_000
const mostSeconds = 1_000_000
const mostPictures = 10_000

export const countField = integerIn(1, mostPictures)
/** Seconds; 0 spreads the count evenly. */
export const intervalField = integerIn(0, mostSeconds)
/** Milliseconds. */
export const startField = integerIn(0, longestMs)

interface ToldSeries {
  readonly Count?: number
  readonly Interval: number
  readonly startMs: number
}

/** A sampling in the vendor's words: what it has no word for is told as the nearest that it has. */
export function toldSeries(sampling: Sampling): ToldSeries {
  if (sampling.by === 'percent') return { Count: Math.ceil(100 / sampling.intervalPercent), Interval: 0, startMs: 0 }
  if (sampling.by === 'time') return { Interval: Math.ceil(sampling.intervalMs / 1000), startMs: 0 }
  const { count, intervalMs, startMs } = sampling
  return {
    ...(count !== undefined && { Count: count }),
    Interval: intervalMs === undefined ? 0 : Math.ceil(intervalMs / 1000),
    startMs,
  }
}
