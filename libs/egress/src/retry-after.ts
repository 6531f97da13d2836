const longestRetryAfterMs = 24 * 3_600_000

/** Seconds or an HTTP date (RFC 9110, 10.2.3), as ms from now, a day at most; undefined when it is neither. */
export function parseRetryAfter(header: string | string[] | undefined, nowMs = Date.now()): number | undefined {
  if (typeof header !== 'string') return undefined
  const isDate = /^[A-Z][a-z]{2}/.test(header)
  const ms = isDate ? Date.parse(header) - nowMs : /^\d+$/.test(header) ? Number(header) * 1_000 : NaN
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestRetryAfterMs)
}
