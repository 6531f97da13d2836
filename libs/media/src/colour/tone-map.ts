import { nitsToPq, pqToNits } from './transfer'

/** ITU-R BT.2408: what a white page has in HDR, and so what an SDR screen's white stands for. */
export const whiteNits = 203

/**
 * The luminance that an SDR screen shows for one of HDR: the same where it is dark, rolled off towards `whiteNits` where
 * it is bright (ITU-R BT.2390, EETF, without its lift of black).
 * @param peakNits the brightest luminance of the video, above `whiteNits`; brighter ones are shown alike
 */
export function rollOff(nits: number, peakNits: number): number {
  const peak = nitsToPq(peakNits)
  const signal = Math.min(1, nitsToPq(nits) / peak)
  const white = nitsToPq(whiteNits) / peak
  const knee = 1.5 * white - 0.5
  if (signal <= knee) return nits
  const t = (signal - knee) / (1 - knee)
  const spline =
    (2 * t ** 3 - 3 * t ** 2 + 1) * knee + (t ** 3 - 2 * t ** 2 + t) * (1 - knee) + (-2 * t ** 3 + 3 * t ** 2) * white
  return pqToNits(spline * peak)
}
