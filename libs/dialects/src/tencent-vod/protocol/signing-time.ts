import { AppError } from '@libs/kernel'
import type { RawRequest } from '../../dialect'

/** Tencent Cloud "Signature v3": a timestamp more than five minutes off is refused. */
export const maxSkewSeconds = 5 * 60

/**
 * @param timestamp seconds since 1970, as text
 * @param field where it came from
 * @returns the seconds
 * @throws AppError `request.invalidParameter`, `auth.expired`
 */
export function checkTimestamp(timestamp: string, field: string, nowMs: number): number {
  if (!/^\d{1,11}$/.test(timestamp)) {
    throw new AppError('request.invalidParameter', 'A time in seconds is expected.', { field })
  }
  const seconds = Number(timestamp)
  if (Math.abs(nowMs / 1000 - seconds) <= maxSkewSeconds) return seconds
  throw new AppError('auth.expired', 'The timestamp is more than five minutes off; check the clock.', { field })
}

/** SDKs for Node sign the host without its port in v3 and with it in v1, those for Python and Go always with it. */
export function hostsOf({ headers }: Pick<RawRequest, 'headers'>): readonly string[] {
  const host = headers.host ?? ''
  return [...new Set([host, host.replace(/:\d+$/, '')])]
}
