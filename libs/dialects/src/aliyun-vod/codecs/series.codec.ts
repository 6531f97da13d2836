import type { Sampling } from '@libs/tasks'
import { countField, intervalField, startField, toldSeries } from '../../aliyun-rpc/snapshots/series'

/** Count, Interval in seconds (0 spreads the count evenly) and the start in milliseconds. */
export const seriesShape = {
  Count: countField.optional(),
  Interval: intervalField.optional(),
  SpecifiedOffsetTime: startField.default(0),
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

/** As `toldSeries`, in this product's words. */
export function encodeSeries(sampling: Sampling): SeriesParameters {
  const { startMs, ...series } = toldSeries(sampling)
  return { ...series, SpecifiedOffsetTime: startMs }
}
