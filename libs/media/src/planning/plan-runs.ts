import { mostFramesPerProcess } from '../container/sample-table'
import type { FrameIndex } from '../timeline/frame-index'
import { countBetween, keyframeBefore, seekTicksOf, ticksToMs } from '../timeline/frame-index'

/** A partly read index does not know the frames of longer gaps. */
const longestGapMs = 2000

/** One stretch of decoding: where to seek, and the frames to take on the way. */
export interface DecodeRun {
  /** Seconds of the file's own clock, at or just after a keyframe; absent: from the file's start. */
  readonly seekS?: number
  /** Presentation times in ticks of the stream's time base, rising, without repeats. */
  readonly ptsTicks: readonly number[]
}

interface Group {
  readonly keyframe: number | undefined
  readonly ptsTicks: readonly number[]
}

/**
 * The cheapest simple way to decode the wanted frames: no group of pictures is decoded twice, and two wanted groups with
 * little between them are decoded in one go instead of seeking again. Work is left for `lanes` processes.
 * @param ptsTicks wanted frames, rising, without repeats
 * @param framesWorthASeek opening another input costs about as much as decoding this many frames
 */
export function planRuns(
  ptsTicks: readonly number[],
  index: FrameIndex,
  { lanes, framesWorthASeek }: { readonly lanes: number; readonly framesWorthASeek: number },
): readonly DecodeRun[] {
  const fairShare = Math.min(mostFramesPerProcess, Math.ceil(ptsTicks.length / lanes))
  const runs: Group[] = []
  for (const group of groupByKeyframe(ptsTicks, index)) {
    const last = runs.at(-1)
    if (last !== undefined && last.ptsTicks.length < fairShare && isNear(last, group, index, framesWorthASeek)) {
      runs[runs.length - 1] = { keyframe: last.keyframe, ptsTicks: [...last.ptsTicks, ...group.ptsTicks] }
    } else runs.push(group)
  }
  return runs.map((run) => toRun(run, index))
}

/** One run per group of pictures, so that damage in one spoils no other. */
export function planGroups(ptsTicks: readonly number[], index: FrameIndex): readonly DecodeRun[] {
  return groupByKeyframe(ptsTicks, index).map((group) => toRun(group, index))
}

function groupByKeyframe(ptsTicks: readonly number[], index: FrameIndex): readonly Group[] {
  const groups: { keyframe: number | undefined; ptsTicks: number[] }[] = []
  for (const pts of ptsTicks) {
    const keyframe = keyframeBefore(index, pts)
    const last = groups.at(-1)
    if (last?.keyframe === keyframe && last !== undefined && last.ptsTicks.length < mostFramesPerProcess) {
      last.ptsTicks.push(pts)
    } else groups.push({ keyframe, ptsTicks: [pts] })
  }
  return groups
}

function isNear(before: Group, after: Group, index: FrameIndex, framesWorthASeek: number): boolean {
  if (after.keyframe === undefined) return true
  const last = before.ptsTicks.at(-1) ?? -Infinity
  const gapMs = ticksToMs(after.keyframe - last, index.timeBase)
  return gapMs <= longestGapMs && countBetween(index, last, after.keyframe) <= framesWorthASeek
}

/** Where a run seeks to: just behind its keyframe, so that rounding cannot land on the one before. */
function toRun({ keyframe, ptsTicks }: Group, index: FrameIndex): DecodeRun {
  const { timeBase, startMs } = index
  if (keyframe === undefined || ticksToMs(keyframe, timeBase) <= startMs) return { ptsTicks }
  const seekMs = ticksToMs(seekTicksOf(index, keyframe) + 0.5, timeBase)
  return { seekS: Math.ceil(seekMs * 1000) / 1_000_000, ptsTicks }
}
