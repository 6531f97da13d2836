import type { FrameIndex } from '../timeline/frame-index'
import { rankWhere } from '../timeline/frame-index'

/**
 * The coded frames of a stream in decoding order, in columns: hours of video are half a million rows. Times are ticks of
 * the clock that ffmpeg counts, edit list applied. It may hold just the stretches around the asked times, each from a
 * keyframe on.
 */
export interface SampleTable extends FrameIndex {
  readonly ptsTicks: Float64Array
  readonly positionBytes: Float64Array
  readonly sizeBytes: Uint32Array
  /** Rows that decoding can start at, rising. */
  readonly keyframeRows: Uint32Array
  /** The row of each of `shownTicks`. */
  readonly shownRows: Uint32Array
  /** Whether samples are shown in another order than they are decoded in. */
  readonly reorders: boolean
}

/** A longer filter expression would come near the limit for one argument of a process. */
export const mostFramesPerProcess = 1000

/** Rows to decode in one go, first and last included, with those whose pictures are wanted, rising. */
export interface SampleSpan {
  readonly firstRow: number
  readonly lastRow: number
  readonly wantedRows: readonly number[]
}

/**
 * The stretches that have to be decoded for some pictures: from the keyframe before each up to it, stretches that
 * overlap joined. A picture shown before the keyframe that it follows in the file may refer to the group before (open
 * groups), so its stretch starts a keyframe earlier.
 * @param wantedTicks presentation times out of `shownTicks`
 */
export function planSpans(wantedTicks: readonly number[], table: SampleTable): readonly SampleSpan[] {
  const rows = wantedTicks.map((pts) => rowShownAt(table, pts)).sort((a, b) => a - b)
  const spans: SampleSpan[] = []
  for (const row of rows) {
    let span: SampleSpan = { firstRow: startRowOf(table, row), lastRow: row, wantedRows: [row] }
    for (let last = spans.at(-1); last !== undefined && mayJoin(last, span); last = spans.at(-1)) {
      spans.pop()
      const firstRow = Math.min(last.firstRow, span.firstRow)
      span = { firstRow, lastRow: row, wantedRows: [...last.wantedRows, ...span.wantedRows] }
    }
    spans.push(span)
  }
  return spans
}

function mayJoin(before: SampleSpan, after: SampleSpan): boolean {
  const frames = before.wantedRows.length + after.wantedRows.length
  return after.firstRow <= before.lastRow && frames <= mostFramesPerProcess
}

function rowShownAt({ shownTicks, shownRows }: SampleTable, pts: number): number {
  return shownRows[rankWhere(shownTicks, (ticks) => ticks < pts)] ?? 0
}

function startRowOf({ keyframeRows, ptsTicks }: SampleTable, row: number): number {
  const rank = rankWhere(keyframeRows, (keyframe) => keyframe <= row)
  const keyframe = keyframeRows[rank - 1] ?? 0
  const leads = (ptsTicks[row] ?? 0) < (ptsTicks[keyframe] ?? 0)
  return leads ? (keyframeRows[rank - 2] ?? 0) : keyframe
}
