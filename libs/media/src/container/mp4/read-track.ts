import { ticksToMs } from '../../timeline/frame-index'
import type { SampleTable } from '../sample-table'
import type { Box } from './boxes'
import { boxAt, boxesIn, MalformedBoxes } from './boxes'
import type { Edit } from './edit-list'
import { readEdit } from './edit-list'
import { readSampleColumns } from './sample-columns'
import type { SampleColumns } from './sample-columns'

/** A video track whose samples all have the same description. */
export interface Mp4Track {
  readonly table: SampleTable
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

function toTable(columns: SampleColumns, { shiftTicks, fromTicks, untilTicks }: Edit, timescale: number): SampleTable {
  const timeBase = { numerator: 1, denominator: timescale }
  const rows = rowsByPresentation(columns.ptsTicks).filter((row) => {
    const pts = columns.ptsTicks[row] ?? NaN
    return pts >= fromTicks && pts < untilTicks
  })
  const shifted = (ticks: Float64Array): Float64Array => ticks.map((tick) => tick + shiftTicks)
  const ptsTicks = shifted(columns.ptsTicks)
  const shownTicks = Float64Array.from(rows, (row) => ptsTicks[row] ?? 0)
  if (shownTicks.length === 0 || hasRepeats(shownTicks)) throw new MalformedBoxes('Two samples are shown at one time.')
  return {
    timeBase,
    startMs: ticksToMs(shownTicks[0] ?? 0, timeBase),
    shownTicks,
    shownRows: rows,
    keyframeTicks: Float64Array.from(columns.keyframeRows, (row) => ptsTicks[row] ?? 0).sort(),
    keyframeRows: columns.keyframeRows,
    ptsTicks,
    dtsTicks: shifted(columns.dtsTicks),
    reorders: rows.some((row, place) => place > 0 && row < (rows[place - 1] ?? 0)),
    positionBytes: columns.positionBytes,
    sizeBytes: columns.sizeBytes,
    endTicks: (shownTicks.at(-1) ?? 0) + durationOf(columns, rows.at(-1) ?? 0),
  }
}

function durationOf({ dtsTicks, endTicks }: SampleColumns, row: number): number {
  return (dtsTicks[row + 1] ?? endTicks) - (dtsTicks[row] ?? 0)
}

/** By insertion, which is linear for what is nearly sorted. */
function rowsByPresentation(ptsTicks: Float64Array): Uint32Array {
  const rows = Uint32Array.from(ptsTicks, (_, row) => row)
  let moves = 0
  for (let place = 1; place < rows.length; place += 1) {
    const row = rows[place] ?? 0
    const pts = ptsTicks[row] ?? 0
    let at = place
    for (; at > 0 && (ptsTicks[rows[at - 1] ?? 0] ?? 0) > pts; at -= 1, moves += 1) rows[at] = rows[at - 1] ?? 0
    rows[at] = row
    if (moves > mostMovesPerSample * rows.length) throw new MalformedBoxes('Samples are in no order.')
  }
  return rows
}

function hasRepeats(rising: Float64Array): boolean {
  return rising.some((tick, index) => tick === rising[index - 1])
}
