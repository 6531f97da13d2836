import { AppError } from '@libs/kernel'
import type { Sampling } from './offset'

/** More pictures than this in one task are refused before anything is made. */
export const maxPicturesPerTask = 10_000

/** What division of whole steps may be off by in binary floating point. */
const roundingSlack = 1e-9

interface Series {
  readonly startMs: number
  readonly stepMs: number
  readonly count: number
}

/**
 * The times that a sampling takes pictures at: k·i ms while k·i is within the duration, or k·p % for k·p below 100, from
 * the first frame on; or a series from its start, `startMs` + k·i, that ends with its count or before the end of the media.
 * @returns milliseconds from the first shown frame, rising
 * @throws AppError `task.invalidConfiguration` when there would be more than `maxPicturesPerTask`, `task.invalidOffset`
 *   when a series starts behind the end
 */
export function sampleTimes(sampling: Sampling, durationMs: number): readonly number[] {
  const { startMs, stepMs, count } = seriesOf(sampling, durationMs)
  if (count > maxPicturesPerTask) {
    throw new AppError(
      'task.invalidConfiguration',
      `The sampling asks for ${count} pictures of this media; at most ${maxPicturesPerTask} are made in one task.`,
      { field: 'settings.sampling' },
    )
  }
  return Array.from({ length: count }, (_, k) => startMs + k * stepMs)
}

function seriesOf(sampling: Sampling, durationMs: number): Series {
  if (sampling.by === 'percent') {
    const count = stepsIn(100, sampling.intervalPercent)
    return { startMs: 0, stepMs: (sampling.intervalPercent * durationMs) / 100, count }
  }
  if (sampling.by === 'time') {
    return { startMs: 0, stepMs: sampling.intervalMs, count: stepsIn(durationMs, sampling.intervalMs) }
  }
  const { startMs, count = Infinity, intervalMs } = sampling
  const leftMs = durationMs - startMs
  if (leftMs < 0) {
    throw new AppError(
      'task.invalidOffset',
      `The series starts at ${startMs / 1000}s, beyond the end of the media, which lasts ${durationMs / 1000}s.`,
      { field: 'settings.sampling.startMs' },
    )
  }
  // Without an interval there is a count.
  if (intervalMs === undefined) return { startMs, stepMs: leftMs / count, count }
  return { startMs, stepMs: intervalMs, count: Math.min(count, stepsIn(leftMs, intervalMs)) }
}

/** How many steps begin within a length; one always does. */
function stepsIn(length: number, step: number): number {
  return Math.max(1, Math.ceil(length / step - roundingSlack))
}
