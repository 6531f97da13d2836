import type { Packet, TimeBase } from '../../timeline/frame-index'

/** Reads ffprobe's `pts,dts,duration,flags` lines. */
export function parsePackets(csv: string): readonly Packet[] {
  return csv
    .split('\n')
    .filter((line) => line.includes(','))
    .map((line) => {
      const [pts, dts, duration, flags = ''] = line.split(',')
      return {
        pts: ticks(pts),
        dts: ticks(dts),
        duration: ticks(duration),
        keyframe: flags.startsWith('K'),
        discarded: flags.includes('D'),
        corrupt: flags.includes('C'),
      }
    })
}

/** Reads one timestamp a line; frames without one are left out. */
export function parseFrameTimes(csv: string): readonly number[] {
  return csv.split('\n').flatMap((line) => ticks(line.split(',')[0]) ?? [])
}

/** Finds the line with the stream's time base, such as `1/90000`. */
export function parseTimeBase(csv: string): TimeBase | undefined {
  const [, numerator, denominator] = /^(\d+)\/(\d+),?\s*$/m.exec(csv) ?? []
  if (!Number(numerator) || !Number(denominator)) return undefined
  return { numerator: Number(numerator), denominator: Number(denominator) }
}

function ticks(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined
}
