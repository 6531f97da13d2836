import type { Box } from './boxes'
import { boxAt, boxesIn, findBox } from './boxes'

/** How the times of a track's samples lie on the clock that a player counts. */
export interface Edit {
  /** Ticks to add to a sample's own time. */
  readonly shiftTicks: number
  /** Samples before it, in their own time, are decoded but not shown. */
  readonly fromTicks: number
  readonly untilTicks: number
}

const unedited: Edit = { shiftTicks: 0, fromTicks: -Infinity, untilTicks: Infinity }

interface Entry {
  readonly durationTicks: number
  /** -1: nothing is shown for the duration. */
  readonly mediaTicks: number
}

/**
 * Reads `edts`/`elst` (ISO 14496-12, section 8.6.6) where it starts the track later, cuts its ends, or both.
 * @param timescale ticks of the track per second
 * @returns undefined for lists that show several parts
 * @throws RangeError when a box ends too early, MalformedBoxes
 */
export function readEdit(movie: Buffer, track: Box, timescale: number): Edit | undefined {
  const edts = findBox(boxesIn(movie, track.start, track.end), 'edts')
  const elst = edts && findBox(boxesIn(movie, edts.start, edts.end), 'elst')
  if (elst === undefined) return unedited
  const entries = readEntries(movie, elst)
  if (entries === undefined) return undefined
  const movieTimescale = readMovieTimescale(movie)
  const toMedia = (ticks: number): number => Math.round((ticks * timescale) / movieTimescale)
  const [first, second, ...more] = entries
  if (first === undefined) return unedited
  const [empty, shown] = first.mediaTicks < 0 ? [first.durationTicks, second] : [0, first]
  const rest = first.mediaTicks < 0 ? more : entries.slice(1)
  if (shown === undefined || shown.mediaTicks < 0 || rest.length > 0) return undefined
  return {
    shiftTicks: toMedia(empty) - shown.mediaTicks,
    fromTicks: shown.mediaTicks,
    untilTicks: shown.durationTicks === 0 ? Infinity : shown.mediaTicks + toMedia(shown.durationTicks),
  }
}

/** @returns undefined when a part is shown at another speed, or there are more parts than are worth looking at */
function readEntries(movie: Buffer, { start }: Box): readonly Entry[] | undefined {
  const long = movie.readUInt8(start) === 1
  const count = movie.readUInt32BE(start + 4)
  if (count > 3) return undefined
  const entryBytes = long ? 20 : 12
  const entries: Entry[] = []
  for (let at = start + 8; entries.length < count; at += entryBytes) {
    const durationTicks = long ? Number(movie.readBigUInt64BE(at)) : movie.readUInt32BE(at)
    const mediaTicks = long ? Number(movie.readBigInt64BE(at + 8)) : movie.readInt32BE(at + 4)
    if (movie.readInt32BE(at + entryBytes - 4) !== 0x10000) return undefined
    entries.push({ durationTicks, mediaTicks })
  }
  return entries
}

function readMovieTimescale(movie: Buffer): number {
  const { start } = boxAt(movie, { type: 'moov', headerStart: 0, start: 0, end: movie.length }, 'mvhd')
  return movie.readUInt32BE(start + (movie.readUInt8(start) === 1 ? 20 : 12)) || 1000
}
