import { z } from 'zod'

const measured = z.object({
  way: z.string(),
  of: z.enum(['ours', 'plain', 'peer']),
  shows: z.enum(['on screen', 'next', 'keyframe', 'another']),
  rounds: z.int(),
  /** Medians over the rounds; absent when it was left out. */
  wallS: z.number().optional(),
  cpuS: z.number().optional(),
  childrenPeakMb: z.number().optional(),
  ownPeakMb: z.number().optional(),
  leftOut: z.string().optional(),
})
/** What one way took. */
export type Measured = z.infer<typeof measured>

const metTarget = z.object({ what: z.string(), figure: z.number(), limit: z.number(), met: z.boolean() })
/** A figure with what it is to stay under. */
export type Target = z.infer<typeof metTarget>

/** Decibels, or the same pixels, for which there are none. */
const likeness = z.union([z.number(), z.literal('identical')])
export type Likeness = z.infer<typeof likeness>

const floor = z.object({
  wallS: z.number(),
  referredFrames: z.number(),
  otherFrames: z.number(),
  pictures: z.number(),
  startS: z.number(),
  referredFrameS: z.number(),
  anyFrameS: z.number(),
  pictureS: z.number(),
})

/** One case of the benchmark. */
export const row = z.object({
  /** Such as `stills/b`; a later run replaces the row of the same name. */
  name: z.string(),
  title: z.string(),
  measured: z.array(measured),
  targets: z.array(metTarget),
  floor: floor.optional(),
  /** Least likeness of ours to the frames on screen, in decibels. */
  likeness: likeness.optional(),
})
export type Row = z.infer<typeof row>

/** A target, unless one of the figures it is made of is missing. */
export function targetOf(
  what: string,
  figure: number | undefined,
  against: number | undefined,
  limit: number,
): Target[] {
  if (figure === undefined || against === undefined) return []
  const ratio = Number((figure / against).toFixed(3))
  return [{ what, figure: ratio, limit, met: ratio <= limit }]
}

export function wallOf(all: readonly Measured[], way: string): number | undefined {
  return all.find((one) => one.way === way)?.wallS
}

/** The time of the fastest plain ffmpeg way. */
export function fastestPlain(all: readonly Measured[]): number | undefined {
  const times = all.flatMap(({ of, wallS }) => (of === 'plain' && wallS !== undefined ? [wallS] : []))
  return times.length === 0 ? undefined : Math.min(...times)
}

/** As a table shows them: what was left out comes last. */
export function fastestFirst(all: readonly Measured[]): readonly Measured[] {
  return [...all].sort((a, b) => (a.wallS ?? Infinity) - (b.wallS ?? Infinity))
}

/** How many times as long as ours, the first of ours where there are several. */
export function timesOurs(one: Measured, all: readonly Measured[]): string {
  const oursS = all.find(({ of }) => of === 'ours')?.wallS
  return one.wallS === undefined || oursS === undefined ? '' : (one.wallS / oursS).toFixed(2)
}

/** What a way held with its children; undefined when that was not counted. */
export function peakMb(one: Measured): string {
  return one.childrenPeakMb === undefined ? '' : (one.childrenPeakMb + (one.ownPeakMb ?? 0)).toFixed(0)
}

export function describeLikeness(least: Likeness): string {
  return least === 'identical' ? 'the same pixels' : `at least ${least} dB`
}
