import type { CodedPixels } from '@libs/tasks'
import type { Rgb } from './gamut'
import { beyondSdr, sdrCube, toSdr } from './sdr-cube'
import type { BeyondSdr } from './sdr-cube'
import { hlgToScene, nitsToPq, pqToNits } from './transfer'

const pq: BeyondSdr = { transfer: 'pq', primaries: 'bt2020', peakNits: 1000 }
const hlg: BeyondSdr = { transfer: 'hlg', primaries: 'bt2020', peakNits: 1000 }

function of255(signal: number, video: BeyondSdr): number {
  const [red, green, blue] = toSdr([signal, signal, signal], video)
  // A grey stays grey.
  expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(0.002)
  return green * 255
}

/** Published with ITU-R BT.2100 and BT.2408. */
it.each([
  [0, 0],
  [0.1, 0.0623],
  [100, 0.5081],
  [203, 0.5807],
  [1000, 0.7518],
  [10_000, 1],
])('PQ shows %d cd/m² for a signal of %d', (nits, signal) => {
  expect(nitsToPq(nits)).toBeCloseTo(signal, 3)
  expect(pqToNits(nitsToPq(nits))).toBeCloseTo(nits, 6)
})

it('HLG has a twelfth of the light at half of the signal, and all at the whole', () => {
  expect([0, 0.5, 1].map((signal) => hlgToScene(signal).toFixed(6))).toEqual(['0.000000', '0.083333', '1.000000'])
})

it('keeps the white of a page near white, and highlights apart from it and from each other', () => {
  const steps = [203, 400, 600, 1000].map((nits) => of255(nitsToPq(nits), pq))
  const [page = 0, ...highlights] = steps
  expect(page).toBeGreaterThan(222)
  expect(page).toBeLessThan(240)
  expect(highlights.at(-1)).toBeCloseTo(255, 0)
  for (const [index, step] of highlights.entries()) expect(step - (steps[index] ?? 0)).toBeGreaterThan(0.8)
})

it('shows the dark as it is: 26 cd/m² are 12.8 % of white', () => {
  expect(of255(nitsToPq(26), pq)).toBeCloseTo(100, 0)
})

it('keeps highlights apart up to the peak that the video says', () => {
  const bright = { ...pq, peakNits: 4000 }
  expect(of255(nitsToPq(4000), bright) - of255(nitsToPq(1000), bright)).toBeGreaterThan(4)
  expect(of255(nitsToPq(203), bright)).toBeGreaterThan(200)
})

it('takes the white of HLG, three quarters of the signal, as that of PQ', () => {
  expect(Math.abs(of255(0.75, hlg) - of255(nitsToPq(203), pq))).toBeLessThan(2)
})

it('leaves grey alone where only the primaries are wide', () => {
  for (const signal of [0, 0.2, 0.5, 1]) expect(of255(signal, { ...pq, transfer: 'sdr' })).toBeCloseTo(signal * 255, 1)
})

/** BT.709 light in BT.2020's primaries (ITU-R BT.2087). */
function widen([red, green, blue]: Rgb): Rgb {
  return [
    0.6274 * red + 0.3293 * green + 0.0433 * blue,
    0.0691 * red + 0.9195 * green + 0.0114 * blue,
    0.0164 * red + 0.088 * green + 0.8956 * blue,
  ]
}

it.each([
  ['skin', [0.62, 0.36, 0.25]],
  ['leaf', [0.1, 0.25, 0.06]],
  ['sky', [0.2, 0.42, 0.75]],
  ['red', [0.7, 0.03, 0.03]],
] as const)('keeps the hue of %s in HDR', (_name, light) => {
  const nits = widen(light).map((channel) => nitsToPq(channel * 100))
  const [red, green, blue] = toSdr([nits[0] ?? 0, nits[1] ?? 0, nits[2] ?? 0], pq)
  const expected = hue(light.map((channel) => channel ** (1 / 2.2)))
  expect(Math.abs(hue([red, green, blue]) - expected)).toBeLessThan(4)
})

/** In degrees. */
function hue(signal: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = signal
  return (Math.atan2(Math.sqrt(3) * (green - blue), 2 * red - green - blue) * 180) / Math.PI
}

it('takes from a colour that BT.709 has not only saturation, and no channel beyond its ends', () => {
  for (const signal of [[0, 0.6, 0] as const, [0.7, 0, 0] as const, [0, 0, 0.6] as const]) {
    const seen = toSdr(signal, pq)
    expect(Math.max(...seen)).toBeLessThanOrEqual(1)
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(0)
    expect(seen.indexOf(Math.max(...seen))).toBe(signal.findIndex((channel) => channel > 0))
  }
})

const pixels: CodedPixels = {
  ...{ format: 'yuv420p10le', bitDepth: 10, matrix: 'bt2020nc', range: 'limited', primaries: 'bt2020', transfer: '' },
  ...{ interlaced: false, alpha: false },
}

it.each([
  [{ transfer: 'smpte2084' }, pq],
  [
    { transfer: 'smpte2084', peakNits: 4000 },
    { ...pq, peakNits: 4000 },
  ],
  [
    { transfer: 'smpte2084', peakNits: 120 },
    { ...pq, peakNits: 400 },
  ],
  [{ transfer: 'arib-std-b67', peakNits: 4000 }, hlg],
  [{ transfer: 'bt2020-10' }, { ...pq, transfer: 'sdr' }],
  [{ transfer: 'bt709', primaries: 'bt709' }, undefined],
] as const)('knows what is beyond SDR in %j', (said, expected) => {
  expect(beyondSdr({ ...pixels, ...said })).toEqual(expected)
})

it('writes red fastest and every entry', () => {
  const lines = sdrCube(pq).trimEnd().split('\n')
  expect(lines).toHaveLength(1 + 33 ** 3)
  const [red, , blue] = (lines[33] ?? '').split(' ').map(Number)
  expect(red).toBeGreaterThan(blue ?? NaN)
})
