import { rankWhere, ticksToMs } from '../../timeline/frame-index'
import type { SampleTable } from '../sample-table'
import type { Box } from './boxes'
import { boxAt, boxesIn, MalformedBoxes } from './boxes'
import type { Edit } from './edit-list'
import { readEdit } from './edit-list'
import { readSampleColumns } from './sample-columns'
import type { SampleColumns } from './sample-columns'

/** A video track whose samples all have the same description. */
/** Every sample of a track. */
export interface TrackTable extends SampleTable {
  readonly dtsTicks: Float64Array
  /** Where the last frame ends. */
  readonly endTicks: number
}

export interface Mp4Track {
  readonly table: TrackTable
  /** Four letters, such as `avc1`. */
  readonly codecTag: string
  /** The boxes that an excerpt of the track takes over, whole. */
  readonly header: { readonly tkhd: Buffer; readonly mdhd: Buffer; readonly hdlr: Buffer; readonly stsd: Buffer }
}

/** Samples are nearly in order of presentation; a file that wants more moves than this is not worth sorting. */
const mostMovesPerSample = 64

/**
 * @param movie content of the `moov` box
 * @param streamIndex place of the track among the tracks, as ffmpeg counts streams
 * @returns undefined when only ffmpeg knows how to play the track
 * @throws MalformedBoxes, RangeError when the boxes contradict each other
 */
export function readTrack(movie: Buffer, streamIndex: number): Mp4Track | undefined {
  const boxes = boxesIn(movie, 0, movie.length)
  if (boxes.some(({ type }) => type === 'mvex')) return undefined
  const track = boxes.filter(({ type }) => type === 'trak')[streamIndex]
  if (track === undefined) return undefined
  const media = (...path: readonly string[]): Box => boxAt(movie, track, 'mdia', ...path)
  const handler = media('hdlr')
  const descriptions = media('minf', 'stbl', 'stsd')
  const isVideo = movie.toString('latin1', handler.start + 8, handler.start + 12) === 'vide'
  if (!isVideo || movie.readUInt32BE(descriptions.start + 4) !== 1) return undefined
  const times = media('mdhd')
  const timescale = movie.readUInt32BE(times.start + (movie.readUInt8(times.start) === 1 ? 20 : 12))
  const edit = readEdit(movie, track, timescale)
  if (edit === undefined || timescale === 0) return undefined
  const table = toTable(readSampleColumns(movie, track), edit, timescale)
  const whole = ({ headerStart, end }: Box): Buffer => movie.subarray(headerStart, end)
  return {
    table,
    codecTag: movie.toString('latin1', descriptions.start + 12, descriptions.start + 16),
    header: {
      tkhd: whole(boxAt(movie, track, 'tkhd')),
      mdhd: whole(times),
      hdlr: whole(handler),
      stsd: whole(descriptions),
    },
  }
}

function toTable(columns: SampleColumns, { shiftTicks, fromTicks, untilTicks }: Edit, timescale: number): TrackTable {
  const { ptsTicks, dtsTicks, sizeBytes, positionBytes, keyframeRows } = columns
  const timeBase = { numerator: 1, denominator: timescale }
  const { rows, reorders } = rowsByPresentation(ptsTicks)
  const ticksAt = (place: number): number => ptsTicks[rows[place] ?? 0] ?? 0
  const first = rankWhere(rows, (row) => (ptsTicks[row] ?? 0) < fromTicks)
  const shownRows = rows.subarray(
    first,
    rankWhere(rows, (row) => (ptsTicks[row] ?? 0) < untilTicks),
  )
  const endTicks = ticksAt(first + shownRows.length - 1) + durationOf(columns, shownRows.at(-1) ?? 0) + shiftTicks
  shift(ptsTicks, shiftTicks)
  shift(dtsTicks, shiftTicks)
  const shownTicks = risingTicks(ptsTicks, shownRows)
  return {
    whole: true,
    doubtfulTicks: new Set(),
    timeBase,
    startMs: ticksToMs(shownTicks[0] ?? 0, timeBase),
    shownTicks,
    shownRows,
    keyframeTicks: keyframesTicks(ptsTicks, keyframeRows),
    keyframeRows,
    ptsTicks,
    dtsTicks,
    reorders,
    endTicks,
    positionBytes,
    sizeBytes,
  }
}

function durationOf({ dtsTicks, endTicks }: SampleColumns, row: number): number {
  return (dtsTicks[row + 1] ?? endTicks) - (dtsTicks[row] ?? 0)
}

/** In place: hours of video are megabytes of times. */
function shift(ticks: Float64Array, by: number): void {
  if (by !== 0) for (let row = 0; row < ticks.length; row += 1) ticks[row] = (ticks[row] ?? 0) + by
}

function risingTicks(ptsTicks: Float64Array, rows: Uint32Array): Float64Array {
  const ticks = new Float64Array(rows.length)
  let before = -Infinity
  for (let place = 0; place < rows.length; place += 1) {
    const pts = ptsTicks[rows[place] ?? 0] ?? 0
    if (pts === before) throw new MalformedBoxes('Two samples are shown at one time.')
    ticks[place] = pts
    before = pts
  }
  if (ticks.length === 0) throw new MalformedBoxes('No sample is shown.')
  return ticks
}

function keyframesTicks(ptsTicks: Float64Array, rows: Uint32Array): Float64Array {
  const ticks = new Float64Array(rows.length)
  for (let place = 0; place < rows.length; place += 1) ticks[place] = ptsTicks[rows[place] ?? 0] ?? 0
  return ticks.sort()
}

/** By insertion, which is linear for what is nearly sorted. */
function rowsByPresentation(ptsTicks: Float64Array): { readonly rows: Uint32Array; readonly reorders: boolean } {
  const rows = new Uint32Array(ptsTicks.length)
  const mostMoves = mostMovesPerSample * rows.length
  let moves = 0
  let latest = -Infinity
  for (let row = 0; row < rows.length; row += 1) {
    const pts = ptsTicks[row] ?? 0
    let at = row
    if (pts < latest) {
      for (; at > 0 && (ptsTicks[rows[at - 1] ?? 0] ?? 0) > pts; at -= 1, moves += 1) rows[at] = rows[at - 1] ?? 0
      if (moves > mostMoves) throw new MalformedBoxes('Samples are in no order.')
    } else latest = pts
    rows[at] = row
  }
  return { rows, reorders: moves > 0 }
}
