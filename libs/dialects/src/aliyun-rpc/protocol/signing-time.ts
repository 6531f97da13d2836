import { AppError } from '@libs/kernel'
import { VendorRefusal } from '../../parameters/vendor-refusal'

/** Alibaba Cloud, "Request signature": a time more than fifteen minutes off is refused. */
export const maxSkewMs = 15 * 60 * 1000

/**
 * @param text `YYYY-MM-DDThh:mm:ssZ`, in UTC
 * @param field where it came from
 * @returns ms since 1970
 * @throws AppError `request.invalidValue`, `auth.expired`
 */
export function checkSigningTime(text: string, field: string, nowMs: number): number {
  const atMs = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : NaN
  if (Number.isNaN(atMs)) {
    const expected = 'A time such as 2026-01-02T03:04:05Z is expected.'
    throw new VendorRefusal('request.invalidValue', expected, { field }, 'InvalidTimeStamp.Format')
  }
  if (Math.abs(nowMs - atMs) <= maxSkewMs) return atMs
  throw new AppError('auth.expired', 'Specified time stamp or date value is expired.', { field })
}
