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

/**
 * A series from a start on: a picture every interval until the count is full or the media ends, whichever is sooner; without
 * an interval, the count spread evenly from the start to the end.
 */
const series = z
  .strictObject({
    by: z.literal('series'),
    startMs: z.number().nonnegative().default(0),
    count: z.int().positive().optional(),
    intervalMs: z.number().positive().optional(),
  })
  .refine(({ count, intervalMs }) => count !== undefined || intervalMs !== undefined, {
    path: ['count'],
    message: 'A series needs a count, an interval or both.',
  })

/** One picture every so many seconds, every so many percent of the duration, or a counted series. */
export const sampling = z.discriminatedUnion('by', [
  z.object({ by: z.literal('time'), intervalMs: z.number().positive() }),
  z.object({ by: z.literal('percent'), intervalPercent: z.number().positive().max(100) }),
  series,
])
export type Sampling = z.infer<typeof sampling>
