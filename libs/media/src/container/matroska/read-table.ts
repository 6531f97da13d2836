import { rankWhere, slackMs, ticksToMs } from '../../timeline/frame-index'
import type { TimeBase } from '../../timeline/frame-index'
import type { SampleTable } from '../sample-table'
import type { Block, BlockReader } from './block-reader'
import { MalformedEbml } from './ebml'
import type { Cue } from './read-cues'

/** Where to look for frames. */
export interface Timeline {
  readonly timeBase: TimeBase
  readonly startMs: number
  /** By time. */
  readonly cues: readonly Cue[]
  readonly firstCluster: number
  /** How many pictures may come before one in the file and yet be shown after it. */
  readonly mostReordered: number
}

interface Row extends Block {
  /** The first shown frame that is sure to decode from where the row's stretch starts. */
  readonly fromTicks: number
}

/**
 * The rows from the keyframe before each asked time up to where no later block can be shown by then.
 * @param clockMs rising
 * @returns undefined when the cues lead to no keyframe that is shown by the asked time
 * @throws MalformedEbml
 */
export async function readTable(
  blocks: BlockReader,
  timeline: Timeline,
  clockMs: readonly number[],
): Promise<SampleTable | undefined> {
  const { cues, firstCluster, timeBase, mostReordered } = timeline
  const cueTicks = cues.map(({ ptsTicks }) => ptsTicks)
  const rows: Row[] = []
  let fromTicks: number | undefined
  let stretchRow = 0
  blocks.seek(0)
  for (const atMs of clockMs) {
    const isBy = (ticks: number): boolean => ticksToMs(ticks, timeBase) <= atMs + slackMs
    const position = cues[rankWhere(cueTicks, isBy) - 1]?.positionBytes ?? firstCluster
    if (position > blocks.positionBytes) {
      blocks.seek(position)
      fromTicks = undefined
      stretchRow = rows.length
    }
    let later = countLater(rows, stretchRow, isBy)
    while (later <= mostReordered) {
      const block = await blocks.next()
      if (block === undefined) break
      if (fromTicks === undefined && !block.keyframe) continue
      fromTicks ??= block.ptsTicks
      rows.push({ ...block, fromTicks })
      if (block.isShown && !isBy(block.ptsTicks)) later += 1
    }
    if (fromTicks === undefined || !isBy(fromTicks)) return undefined
  }
  return toTable(rows, timeline)
}

/** Of the rows read already, those that are shown after a time; going back as long as there are any. */
function countLater(rows: readonly Row[], stretchRow: number, isBy: (ticks: number) => boolean): number {
  let later = 0
  for (let row = rows.length - 1; row >= stretchRow && later === rows.length - 1 - row; row -= 1) {
    if (!isBy(rows[row]?.ptsTicks ?? -Infinity)) later += 1
  }
  return later
}

/** Pictures shown before the keyframe that their stretch starts at may refer to what is before it. */
function toTable(rows: readonly Row[], { timeBase, startMs }: Timeline): SampleTable {
  const ptsOf = (row: number): number => rows[row]?.ptsTicks ?? 0
  const every = rows.map((_, row) => row)
  const keyframeRows = Uint32Array.from(every.filter((row) => rows[row]?.keyframe))
  const shownRows = Uint32Array.from(
    every.filter((row) => rows[row]?.isShown && ptsOf(row) >= (rows[row]?.fromTicks ?? Infinity)),
  ).sort((a, b) => ptsOf(a) - ptsOf(b))
  const shownTicks = Float64Array.from(shownRows, ptsOf)
  if (shownTicks.some((ticks, place) => ticks === shownTicks[place - 1])) {
    throw new MalformedEbml('Two blocks are shown at one time.')
  }
  return {
    timeBase,
    startMs,
    whole: false,
    doubtfulTicks: new Set(),
    shownTicks,
    shownRows,
    keyframeTicks: Float64Array.from(keyframeRows, ptsOf).sort(),
    keyframeRows,
    ptsTicks: Float64Array.from(rows, ({ ptsTicks }) => ptsTicks),
    reorders: every.some((row) => ptsOf(row) < ptsOf(row - 1)),
    positionBytes: Float64Array.from(rows, ({ positionBytes }) => positionBytes),
    sizeBytes: Uint32Array.from(rows, ({ sizeBytes }) => sizeBytes),
  }
}
