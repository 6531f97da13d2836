import type { TimeSpan } from '@libs/workflow'
import { z } from 'zod'
import { string } from '../../protocol/fields'

/** Tencent Cloud VOD, "ISO date format": seconds, with a zone or in UTC. */
const pattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)?$/

/** A time as the vendor writes it. */
export const vendorDate = string(32).transform((text, context): Date => {
  const at = new Date(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`)
  if (pattern.test(text) && !Number.isNaN(at.getTime())) return at
  context.addIssue({ code: 'custom', message: 'A time such as 2026-11-26T12:00:00Z is expected.' })
  return z.NEVER
})

/** TimeRange: from `After` on, and before `Before`. */
export const timeRange = z
  .strictObject({ After: vendorDate.optional(), Before: vendorDate.optional() })
  .transform(({ After, Before }): TimeSpan => ({ after: After, before: Before }))
