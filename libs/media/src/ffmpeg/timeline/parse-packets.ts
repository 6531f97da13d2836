import type { TimeBase } from '../../timeline/frame-index'
import type { Packet } from '../../timeline/packet'

/** The last line, such as `1/90000` or `mpeg2video,1/90000`. */
const timeBasePattern = /^(?:(\w+),)?(\d+)\/(\d+),?\s*$/m

/** Decoding times of the packets of a stream that ffprobe warned of as damaged. */
export function parseDamage(log: string, streamIndex: number): ReadonlySet<number> {
  const warnings = log.matchAll(/Packet corrupt \(stream = (\d+), dts = (-?\d+)\)/g)
  return new Set([...warnings].flatMap(([, stream, dts]) => (Number(stream) === streamIndex ? [Number(dts)] : [])))
}

/**
 * Reads ffprobe's `pts,dts,duration,flags` lines.
 * @param damagedTicks decoding times of packets that are known to be damaged
 */
export function parsePackets(csv: string, damagedTicks: ReadonlySet<number> = new Set()): readonly Packet[] {
  // Where streams were joined, decoding times come again; the first of each is what was warned of.
  const damaged = new Set(damagedTicks)
  return csv
    .split('\n')
    .filter((line) => line.includes(',') && !timeBasePattern.test(line))
    .map((line) => {
      const [pts, dts, duration, flags = ''] = line.split(',')
      return {
        pts: ticks(pts),
        dts: ticks(dts),
        duration: ticks(duration),
        keyframe: flags.startsWith('K'),
        discarded: flags.includes('D'),
        corrupt: flags.includes('C') || damaged.delete(ticks(dts) ?? NaN),
      }
    })
}

/**
 * Reads one timestamp a line. Frames that a decoder still holds when the file ends come without one; they follow at the
 * distance of the last two, or of a tick, which is a frame in AVI.
 */
export function parseFrameTimes(csv: string): readonly number[] {
  const times: number[] = []
  for (const line of csv.split('\n').filter((text) => text !== '' && !timeBasePattern.test(text))) {
    const last = times.at(-1) ?? NaN
    const time = ticks(line.split(',')[0]) ?? last + (last - (times.at(-2) ?? last - 1))
    if (Number.isFinite(time)) times.push(time)
  }
  return times
}

/** Finds the codec that stands before the stream's time base, as in `mpeg2video,1/90000`. */
export function parseCodec(csv: string): string | undefined {
  return timeBasePattern.exec(csv)?.[1]
}

/** Finds the line with the stream's time base, such as `1/90000`. */
export function parseTimeBase(csv: string): TimeBase | undefined {
  const [, , numerator, denominator] = timeBasePattern.exec(csv) ?? []
  if (!Number(numerator) || !Number(denominator)) return undefined
  return { numerator: Number(numerator), denominator: Number(denominator) }
}

function ticks(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined
}
