import type { CodedPixels } from '@libs/tasks'
import type { Rgb, WidePrimaries } from './gamut'
import { isWide, narrow } from './gamut'
import { rollOff, whiteNits } from './tone-map'
import { hlgToScene, lightToSrgb, pqToNits } from './transfer'

/** Where a video says nothing of its peak: what most are mastered for, and what HLG is shown at. */
const usualPeakNits = 1000
/** Below this, the roll-off would leave hardly anything between white and the brightest. */
const leastPeakNits = 400
const mostPeakNits = 10_000
/** Points along a side: with twice as many, ffmpeg takes three times as long to start, for 1 of 255 in exactness on average. */
const points = 33
const screenGamma = 2.4

/** A video whose colours a screen for pictures cannot show as they are. */
export interface BeyondSdr {
  readonly transfer: 'pq' | 'hlg' | 'sdr'
  readonly primaries: WidePrimaries
  readonly peakNits: number
}

/** What is beyond SDR in a video's colours: brightness, primaries, or nothing. */
export function beyondSdr({ transfer, primaries, peakNits }: CodedPixels): BeyondSdr | undefined {
  const hdr = transfer === 'smpte2084' ? 'pq' : transfer === 'arib-std-b67' ? 'hlg' : undefined
  if (hdr === undefined && !isWide(primaries)) return undefined
  return {
    transfer: hdr ?? 'sdr',
    primaries: isWide(primaries) ? primaries : 'bt2020',
    peakNits: hdr === 'pq' ? clamp(peakNits ?? usualPeakNits, leastPeakNits, mostPeakNits) : usualPeakNits,
  }
}

/** A table from signals of a video beyond SDR to those of sRGB, as ffmpeg's `lut3d` reads it (Adobe, Cube LUT Specification). */
export function sdrCube(video: BeyondSdr): string {
  const side = Array.from({ length: points }, (_, point) => point / (points - 1))
  const entries = side.flatMap((blue) =>
    side.flatMap((green) =>
      side.map((red) =>
        toSdr([red, green, blue], video)
          .map((signal) => signal.toFixed(5))
          .join(' '),
      ),
    ),
  )
  return `LUT_3D_SIZE ${points}\n${entries.join('\n')}\n`
}

/** The signal of sRGB for one of the video, each 0 to 1. */
export function toSdr(signal: Rgb, video: BeyondSdr): Rgb {
  if (video.transfer === 'sdr') {
    const light = narrow(
      map(signal, (channel) => channel ** screenGamma),
      video.primaries,
    )
    return map(light, (channel) => clamp(channel, 0, 1) ** (1 / screenGamma))
  }
  const nits = video.transfer === 'pq' ? map(signal, pqToNits) : hlgToNits(signal)
  const brightest = Math.max(...nits)
  // All channels by the same factor, so that no hue turns.
  const factor = brightest > 0 ? rollOff(brightest, video.peakNits) / brightest / whiteNits : 0
  const light = narrow(
    map(nits, (channel) => channel * factor),
    video.primaries,
  )
  return map(light, (channel) => lightToSrgb(clamp(channel, 0, 1)))
}

/** With the system gamma of a screen of 1000 cd/m² (ITU-R BT.2100, HLG OOTF). */
function hlgToNits(signal: Rgb): Rgb {
  const [red, green, blue] = map(signal, hlgToScene)
  const luminance = 0.2627 * red + 0.678 * green + 0.0593 * blue
  return map([red, green, blue], (channel) => usualPeakNits * luminance ** 0.2 * channel)
}

function map([red, green, blue]: Rgb, change: (channel: number) => number): Rgb {
  return [change(red), change(green), change(blue)]
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
