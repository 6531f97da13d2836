import { longestAskedMs } from './delivery-schedule'

const second = 1_000
const minute = 60 * second
const day = 24 * 60 * minute

/** Failures in a row after which an endpoint's breaker opens: from then on one attempt at a time probes it. */
export const failuresToOpen = 10
/** Rests before the probes of an open breaker; the last one repeats. */
export const probeWaitsMs: readonly number[] = [5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute]

/** Standard Webhooks 1.0.0, "Deliverability and reliability": who has been failing for days is not asked any more. */
const longestFailingMs = 5 * day

/** HTTP's word for an address that is given up on purpose (RFC 9110, 15.5.11). */
const gone = 410

/** How the address that a sub-application's events are posted to has answered since it last took one. */
export interface Endpoint {
  readonly failuresInARow: number
  readonly failingSince: Date | null
  /** No attempt before: the endpoint asked for a rest, or its breaker is open. */
  readonly resumeAt: Date | null
  /** Since when its deliveries wait until its owner sets the event configuration anew. */
  readonly disabledAt: Date | null
  readonly disabledReason: string | null
}

export const freshEndpoint: Endpoint = {
  failuresInARow: 0,
  failingSince: null,
  resumeAt: null,
  disabledAt: null,
  disabledReason: null,
}

export interface EndpointFailure {
  readonly httpStatus: number | undefined
  /** What the endpoint asked for (Retry-After), in ms. */
  readonly retryAfterMs?: number
}

/**
 * How an endpoint stands after one more failed attempt.
 * Attempts that were under way while it rests do not count: ten that fail together are one outage, not several.
 */
export function afterFailure(endpoint: Endpoint, failure: EndpointFailure, at: Date): Endpoint {
  const failingSince = endpoint.failingSince ?? at
  const isResting = endpoint.resumeAt !== null && endpoint.resumeAt > at
  const failuresInARow = endpoint.failuresInARow + (isResting ? 0 : 1)
  const restMs = Math.max(isResting ? 0 : probeWaitMs(failuresInARow), askedMs(failure))
  const resumeAt = restMs === 0 ? endpoint.resumeAt : later(endpoint.resumeAt, new Date(at.getTime() + restMs))
  const state = { failuresInARow, failingSince, resumeAt }
  const reason = disablingReason(failure, at.getTime() - failingSince.getTime())
  if (endpoint.disabledAt !== null || reason === undefined) return { ...endpoint, ...state }
  return { ...state, disabledAt: at, disabledReason: reason }
}

function probeWaitMs(failuresInARow: number): number {
  if (failuresInARow < failuresToOpen) return 0
  return probeWaitsMs[failuresInARow - failuresToOpen] ?? probeWaitsMs.at(-1) ?? 0
}

function askedMs({ retryAfterMs = 0 }: EndpointFailure): number {
  return Math.min(retryAfterMs, longestAskedMs)
}

function later(one: Date | null, other: Date): Date {
  return one !== null && one > other ? one : other
}

function disablingReason({ httpStatus }: EndpointFailure, failingMs: number): string | undefined {
  if (httpStatus === gone) return 'It answered 410 Gone.'
  return failingMs >= longestFailingMs ? 'Nothing but failures for five days.' : undefined
}
