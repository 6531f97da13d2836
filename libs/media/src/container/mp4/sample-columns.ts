import { endianness } from 'node:os'
import type { Box } from './boxes'
import { boxAt, boxesIn, findBox, MalformedBoxes } from './boxes'

/** A day of video at 120 frames a second. */
const mostSamples = 86_400 * 120

/** A track's sample table, one row per sample in decoding order; times are ticks of the media, before any edit list. */
export interface SampleColumns {
  readonly ptsTicks: Float64Array
  readonly dtsTicks: Float64Array
  readonly positionBytes: Float64Array
  readonly sizeBytes: Uint32Array
  readonly keyframeRows: Uint32Array
  /** Where the last sample ends. */
  readonly endTicks: number
}

/**
 * Unfolds `stsz`, `stts`, `ctts`, `stsc`, `stco`/`co64` and `stss` (ISO 14496-12, section 8).
 * @throws MalformedBoxes when the boxes contradict each other, RangeError when one ends too early
 */
export function readSampleColumns(movie: Buffer, track: Box): SampleColumns {
  const table = boxAt(movie, track, 'mdia', 'minf', 'stbl')
  const boxes = boxesIn(movie, table.start, table.end)
  const sizeBytes = readSizes(movie, needed(boxes, 'stsz'))
  const { dtsTicks, endTicks } = readDecodingTimes(movie, needed(boxes, 'stts'), sizeBytes.length)
  return {
    sizeBytes,
    dtsTicks,
    endTicks,
    ptsTicks: readPresentationTimes(movie, findBox(boxes, 'ctts'), dtsTicks),
    positionBytes: readPositions(movie, boxes, sizeBytes),
    keyframeRows: readKeyframes(movie, boxes, sizeBytes.length),
  }
}

function needed(boxes: readonly Box[], type: string): Box {
  const box = findBox(boxes, type)
  if (box === undefined) throw new MalformedBoxes(`The box ${type} is missing.`)
  return box
}

function readSizes(movie: Buffer, { start, end }: Box): Uint32Array {
  const common = movie.readUInt32BE(start + 4)
  const count = movie.readUInt32BE(start + 8)
  if (count > mostSamples || (common === 0 && start + 12 + count * 4 > end)) {
    throw new MalformedBoxes('The table of sizes is longer than its box.')
  }
  return common === 0 ? readWords(movie, start + 12, count) : new Uint32Array(count).fill(common)
}

function readWords(movie: Buffer, at: number, count: number): Uint32Array {
  if (at + count * 4 > movie.length) throw new MalformedBoxes('A table is longer than its box.')
  const words = new Uint32Array(count)
  movie.copy(Buffer.from(words.buffer), 0, at, at + count * 4)
  if (endianness() === 'LE') Buffer.from(words.buffer).swap32()
  return words
}

function readDecodingTimes(
  movie: Buffer,
  { start }: Box,
  count: number,
): { readonly dtsTicks: Float64Array; readonly endTicks: number } {
  const dtsTicks = new Float64Array(count)
  let ticks = 0
  let row = 0
  const entries = movie.readUInt32BE(start + 4)
  for (let entry = 0; entry < entries && row < count; entry += 1) {
    const repeats = movie.readUInt32BE(start + 8 + entry * 8)
    const delta = movie.readInt32BE(start + 12 + entry * 8)
    if (delta < 0) throw new MalformedBoxes('Decoding times run backwards.')
    for (let repeat = 0; repeat < repeats && row < count; repeat += 1, row += 1, ticks += delta) dtsTicks[row] = ticks
  }
  if (row < count) throw new MalformedBoxes('Not every sample has a time.')
  return { dtsTicks, endTicks: ticks }
}

/** Offsets are read with a sign in either version of the box, as ffmpeg does. */
function readPresentationTimes(movie: Buffer, box: Box | undefined, dtsTicks: Float64Array): Float64Array {
  const ptsTicks = dtsTicks.slice()
  if (box === undefined) return ptsTicks
  let row = 0
  const entries = movie.readUInt32BE(box.start + 4)
  for (let entry = 0; entry < entries && row < ptsTicks.length; entry += 1) {
    const repeats = movie.readUInt32BE(box.start + 8 + entry * 8)
    const offset = movie.readInt32BE(box.start + 12 + entry * 8)
    for (let repeat = 0; repeat < repeats && row < ptsTicks.length; repeat += 1, row += 1) {
      ptsTicks[row] = (ptsTicks[row] ?? 0) + offset
    }
  }
  return ptsTicks
}

function readPositions(movie: Buffer, boxes: readonly Box[], sizeBytes: Uint32Array): Float64Array {
  const { start: chunks } = needed(boxes, 'stsc')
  const long = findBox(boxes, 'co64')
  const { start: offsets } = long ?? needed(boxes, 'stco')
  const chunkCount = movie.readUInt32BE(offsets + 4)
  const runCount = movie.readUInt32BE(chunks + 4)
  const positions = new Float64Array(sizeBytes.length)
  let row = 0
  for (let run = 0; run < runCount && row < positions.length; run += 1) {
    const at = chunks + 8 + run * 12
    const first = movie.readUInt32BE(at) - 1
    const next = run + 1 < runCount ? movie.readUInt32BE(at + 12) - 1 : chunkCount
    const perChunk = movie.readUInt32BE(at + 4)
    if (next <= first || next > chunkCount) throw new MalformedBoxes('Chunks run backwards.')
    for (let chunk = first; chunk < next && row < positions.length; chunk += 1) {
      let position = long
        ? Number(movie.readBigUInt64BE(offsets + 8 + chunk * 8))
        : movie.readUInt32BE(offsets + 8 + chunk * 4)
      for (let sample = 0; sample < perChunk && row < positions.length; sample += 1, row += 1) {
        positions[row] = position
        position += sizeBytes[row] ?? 0
      }
    }
  }
  if (row < positions.length) throw new MalformedBoxes('Not every sample has a place.')
  return positions
}

/** Without `stss` every sample is a keyframe. */
function readKeyframes(movie: Buffer, boxes: readonly Box[], count: number): Uint32Array {
  const box = findBox(boxes, 'stss')
  if (box === undefined) return new Uint32Array(count).map((_, row) => row)
  const entries = movie.readUInt32BE(box.start + 4)
  if (entries === 0 || entries > count) throw new MalformedBoxes('The table of keyframes cannot be right.')
  const rows = readWords(movie, box.start + 8, entries).map((sample) => sample - 1)
  if (rows.some((row, index) => row >= count || (index > 0 && row <= (rows[index - 1] ?? 0)))) {
    throw new MalformedBoxes('Keyframes run backwards.')
  }
  return rows
}
