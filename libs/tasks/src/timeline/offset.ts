import { z } from 'zod'

/**
 * A place on the timeline: milliseconds or seconds from the first shown frame, or a share of the duration in percent.
 * The unit is kept as asked, so that results can echo the caller's own words.
 */
export const offset = z.discriminatedUnion('unit', [
  z.object({ unit: z.literal('ms'), value: z.number().nonnegative() }),
  z.object({ unit: z.literal('s'), value: z.number().nonnegative() }),
  z.object({ unit: z.literal('percent'), value: z.number().min(0).max(100) }),
])
export type Offset = z.infer<typeof offset>

/** One picture every so many seconds, or every so many percent of the duration. */
export const sampling = z.discriminatedUnion('by', [
  z.object({ by: z.literal('time'), intervalMs: z.number().positive() }),
  z.object({ by: z.literal('percent'), intervalPercent: z.number().positive().max(100) }),
])
export type Sampling = z.infer<typeof sampling>
