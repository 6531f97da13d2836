const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** Waits between the attempts of a delivery, about three days in all. */
export const deliveryWaitsMs: readonly number[] = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
]

const jitter = 0.2
/** The longest rest that a receiver can ask for. */
export const longestAskedMs = 24 * hour

/**
 * How long to wait after a failed attempt.
 * @param attempt the one that failed, from 1
 * @param random in [0, 1), spreads the waits by ±20 %
 * @param askedMs what the receiver asked for (Retry-After)
 * @returns undefined when the schedule has ended
 */
export function nextAttemptDelayMs(attempt: number, random: number, askedMs?: number): number | undefined {
  const wait = deliveryWaitsMs[attempt - 1]
  if (wait === undefined) return undefined
  const spread = wait * (1 - jitter + 2 * jitter * random)
  return Math.round(Math.max(spread, Math.min(askedMs ?? 0, longestAskedMs)))
}
