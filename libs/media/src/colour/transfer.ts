/** SMPTE ST 2084: what a signal of 0 to 1 shows, in cd/m². */
export function pqToNits(signal: number): number {
  const root = Math.max(0, signal) ** (1 / m2)
  return 10_000 * (Math.max(0, root - c1) / (c2 - c3 * root)) ** (1 / m1)
}

/** The inverse of {@link pqToNits}. */
export function nitsToPq(nits: number): number {
  const power = (Math.max(0, nits) / 10_000) ** m1
  return ((c1 + c2 * power) / (1 + c3 * power)) ** m2
}

const m1 = 2610 / 16_384
const m2 = (2523 / 4096) * 128
const c1 = 3424 / 4096
const c2 = (2413 / 4096) * 32
const c3 = (2392 / 4096) * 32

/** ITU-R BT.2100, HLG: light of the scene, 0 to 1, of a signal of 0 to 1. */
export function hlgToScene(signal: number): number {
  return signal <= 0.5 ? signal ** 2 / 3 : (Math.exp((signal - c) / a) + b) / 12
}

const a = 0.17883277
const b = 1 - 4 * a
const c = 0.5 - a * Math.log(4 * a)

/** IEC 61966-2-1: the signal of a screen for pictures, for light of 0 to 1. */
export function lightToSrgb(light: number): number {
  return light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055
}
