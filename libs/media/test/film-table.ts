import type { SampleTable } from '../src/container/sample-table'

export interface Film {
  readonly frames: number
  readonly groupFrames: number
  /** Between two frames that others refer to. */
  readonly bFrames: number
}

/** The table of a film of 25 frames a second in open groups: a tick a frame, B-frames decoded after what follows them. */
export function filmTable({ frames, groupFrames, bFrames }: Film): SampleTable {
  const order: number[] = []
  while (order.length < frames) {
    const shown = order.length
    const anchor = Math.min(frames - 1, nextAnchor(shown, groupFrames, bFrames))
    order.push(anchor)
    for (let tick = shown; tick < anchor; tick += 1) order.push(tick)
  }
  const shownRows = new Uint32Array(frames)
  for (const [row, tick] of order.entries()) shownRows[tick] = row
  const ticks = Float64Array.from({ length: frames }, (_, tick) => tick)
  const isKey = (tick: number): boolean => tick % groupFrames === 0
  return {
    whole: true,
    doubtfulTicks: new Set(),
    timeBase: { numerator: 1, denominator: 25 },
    startMs: 0,
    shownTicks: ticks,
    shownRows,
    keyframeTicks: ticks.filter(isKey),
    keyframeRows: Uint32Array.from(order.flatMap((tick, row) => (isKey(tick) ? [row] : []))),
    ptsTicks: Float64Array.from(order),
    positionBytes: ticks.map((row) => row * 1000),
    sizeBytes: new Uint32Array(frames).fill(1000),
    reorders: bFrames > 0,
  }
}

/** The next frame that is decoded ahead of those before it: at most `bFrames` on, and never past a keyframe. */
function nextAnchor(shown: number, groupFrames: number, bFrames: number): number {
  const nextKeyframe = Math.ceil(shown / groupFrames) * groupFrames
  return Math.min(shown + bFrames, shown === 0 ? 0 : nextKeyframe)
}
