import { AppError } from '@libs/kernel'
import type { Sampling } from './offset'

/** More pictures than this in one task are refused before anything is made. */
export const maxPicturesPerTask = 10_000

/** What division of whole steps may be off by in binary floating point. */
const roundingSlack = 1e-9

/**
 * The times that a sampling takes pictures at: k·i ms while k·i is within the duration, or k·p % for k·p below 100.
 * The first is always 0, the first frame.
 * @returns milliseconds from the first shown frame, rising
 * @throws AppError `task.invalidConfiguration` when there would be more than `maxPicturesPerTask`
 */
export function sampleTimes(sampling: Sampling, durationMs: number): readonly number[] {
  const steps = sampling.by === 'time' ? durationMs / sampling.intervalMs : 100 / sampling.intervalPercent
  const count = Math.max(1, Math.ceil(steps - roundingSlack))
  if (count > maxPicturesPerTask) {
    throw new AppError(
      'task.invalidConfiguration',
      `The sampling asks for ${count} pictures of this media; at most ${maxPicturesPerTask} are made in one task.`,
      { field: 'settings.sampling' },
    )
  }
  return Array.from({ length: count }, (_, k) =>
    sampling.by === 'time' ? k * sampling.intervalMs : (k * sampling.intervalPercent * durationMs) / 100,
  )
}
