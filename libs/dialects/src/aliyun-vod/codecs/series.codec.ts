import type { Sampling } from '@libs/tasks'
import { integerIn } from '../../parameters/fields'

const longestMs = 1_000_000_000
const mostSeconds = 1_000_000
const mostPictures = 10_000

/** Count, Interval in seconds (0 spreads the count evenly) and the start in milliseconds. */
export const seriesShape = {
  Count: integerIn(1, mostPictures).optional(),
  Interval: integerIn(0, mostSeconds).optional(),
  SpecifiedOffsetTime: integerIn(0, longestMs).default(0),
}

interface SeriesParameters {
  readonly Count?: number | undefined
  readonly Interval?: number | undefined
  readonly SpecifiedOffsetTime: number
}

/**
 * ApsaraVideo VOD, "SubmitSnapshotJob": of count and interval the one that gives fewer pictures wins, and an interval is a
 * second where only a count is given. Without a count, pictures are taken until the end.
 */
export function decodeSeries({ Count, Interval, SpecifiedOffsetTime }: SeriesParameters): Sampling {
  const isSpread = Interval === 0
  return {
    by: 'series',
    startMs: SpecifiedOffsetTime,
    ...((Count !== undefined || isSpread) && { count: Count ?? 1 }),
    ...(!isSpread && { intervalMs: (Interval ?? 1) * 1000 }),
  }
}

/** What other dialects sample in ways that this one has no word for is told as the nearest that it has. */
export function encodeSeries(sampling: Sampling): SeriesParameters {
  if (sampling.by === 'percent') {
    return { Count: Math.ceil(100 / sampling.intervalPercent), Interval: 0, SpecifiedOffsetTime: 0 }
  }
  if (sampling.by === 'time') return { Interval: Math.ceil(sampling.intervalMs / 1000), SpecifiedOffsetTime: 0 }
  const { count, intervalMs, startMs } = sampling
  return {
    ...(count !== undefined && { Count: count }),
    Interval: intervalMs === undefined ? 0 : Math.ceil(intervalMs / 1000),
    SpecifiedOffsetTime: startMs,
  }
}
