import { doubtful } from './doubtful'
import type { Packet } from './packet'

/** Seconds per tick of a stream's clock, as the exact fraction. */
export interface TimeBase {
  readonly numerator: number
  readonly denominator: number
}

/** When which frame comes on screen, as far as it was read. */
export interface FrameIndex {
  /** Whether every frame of the stream is in it, not just those around some times. */
  readonly whole: boolean
  readonly timeBase: TimeBase
  /** Presentation time of the first frame that decodes. */
  readonly startMs: number
  /** Presentation times of the frames that are shown, rising, without repeats. */
  readonly shownTicks: Float64Array
  /** Presentation times of the frames that decoding can start at, rising. Empty: only from the file's start. */
  readonly keyframeTicks: Float64Array
  /** Where a seek finds each keyframe, when that is not at its presentation time. */
  readonly seekTicks?: Float64Array
  /** Shown frames that damaged packets leave in doubt: what they look like, or how long they stay on screen. */
  readonly doubtfulTicks: ReadonlySet<number>
}

/** Asked times are whole microseconds at best; a frame that comes on within one is on screen. */
export const slackMs = 0.001

export function ticksToMs(ticks: number, { numerator, denominator }: TimeBase): number {
  return (ticks * numerator * 1000) / denominator
}

/** Whether packets say when they are shown; AVI leaves it out but for B-frames. */
export function isTimed(packets: readonly Packet[]): boolean {
  const keyframes = packets.filter(({ keyframe }) => keyframe)
  return packets.some(({ pts }) => pts !== undefined) && keyframes.every(({ pts }) => pts !== undefined)
}

interface Listing extends Pick<FrameIndex, 'startMs' | 'whole'> {
  /** The stream is sought in by the clock that packets are decoded at. */
  readonly seeksBlindly?: boolean | undefined
}

/** @param startMs presentation time of the first frame that decodes; what lies before it is never shown */
export function indexPackets(
  packets: readonly Packet[],
  timeBase: TimeBase,
  { startMs, whole: isWhole, seeksBlindly = false }: Listing,
): FrameIndex {
  const whole = packets.slice(0, packets.findLastIndex(({ corrupt }) => !corrupt) + 1)
  const shown = whole.filter(({ discarded }) => !discarded).flatMap(({ pts }) => (pts === undefined ? [] : [pts]))
  const decodedAt = new Map(
    whole.flatMap(({ keyframe, pts, dts }) => (keyframe && pts !== undefined ? [[pts, dts ?? pts]] : [])),
  )
  const keyframeTicks = risingOnce([...decodedAt.keys()])
  const shownTicks = risingOnce(shown).filter((pts) => ticksToMs(pts, timeBase) >= startMs - slackMs)
  return {
    whole: isWhole,
    timeBase,
    startMs,
    shownTicks,
    doubtfulTicks: doubtful(packets, shownTicks),
    keyframeTicks,
    ...(seeksBlindly && { seekTicks: keyframeTicks.map((pts) => decodedAt.get(pts) ?? pts) }),
  }
}

/** For frames that only decoding in order can find. */
export function indexFrames(ptsTicks: readonly number[], timeBase: TimeBase, startMs: number): FrameIndex {
  return {
    whole: true,
    timeBase,
    startMs,
    shownTicks: risingOnce(ptsTicks),
    keyframeTicks: new Float64Array(),
    doubtfulTicks: new Set(),
  }
}

/** The frame on screen at a time of the file's own clock: the last one presented at or before it. */
export function frameOnScreen({ shownTicks, timeBase }: FrameIndex, clockMs: number): number | undefined {
  return shownTicks[rankWhere(shownTicks, (ticks) => ticksToMs(ticks, timeBase) <= clockMs + slackMs) - 1]
}

/** The keyframe presented last at or before a frame. */
export function keyframeBefore({ keyframeTicks }: FrameIndex, ptsTicks: number): number | undefined {
  return keyframeTicks[rankWhere(keyframeTicks, (ticks) => ticks <= ptsTicks) - 1]
}

/** The keyframe presented first after a frame. */
export function keyframeAfter({ keyframeTicks }: FrameIndex, ptsTicks: number): number | undefined {
  return keyframeTicks[rankWhere(keyframeTicks, (ticks) => ticks <= ptsTicks)]
}

/** Where to seek for a keyframe, given by its presentation time. */
export function seekTicksOf({ keyframeTicks, seekTicks }: FrameIndex, keyframe: number): number {
  return seekTicks?.[rankWhere(keyframeTicks, (ticks) => ticks < keyframe)] ?? keyframe
}

/** The frames shown last before a frame, nearest first. */
export function framesBefore({ shownTicks }: FrameIndex, ptsTicks: number, count: number): readonly number[] {
  const end = rankWhere(shownTicks, (ticks) => ticks < ptsTicks)
  return [...shownTicks.subarray(Math.max(0, end - count), end)].reverse()
}

/** How many known frames are shown between two times, both excluded. */
export function countBetween({ shownTicks }: FrameIndex, afterTicks: number, beforeTicks: number): number {
  return rankWhere(shownTicks, (ticks) => ticks < beforeTicks) - rankWhere(shownTicks, (ticks) => ticks <= afterTicks)
}

/** How many elements at the head of a rising list the predicate holds for. */
export function rankWhere(rising: ArrayLike<number>, holds: (value: number) => boolean): number {
  let low = 0
  let high = rising.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(rising[middle] ?? Infinity)) low = middle + 1
    else high = middle
  }
  return low
}

function risingOnce(ticks: readonly number[]): Float64Array {
  return Float64Array.from(new Set(ticks)).sort()
}
