import type { InputFacts } from '../capture/inputs/input-facts'
import { leastSquares } from './least-squares'
import type { Measured } from './measured'

const stretches = 14
/** Frames of a stretch take turns, so that pixels and bytes can be told apart. */
const lengths = [60, 180, 120]
/** Past the black and the still pictures that the scene begins with. */
const fromS = 9

export interface DecodeCosts {
  readonly msPerMegapixel: number
  readonly msPerMegabyte: number
}

/** What decoding costs one core: stretches of a film from keyframes on, of various lengths, in pixels and in coded bytes. */
export async function decodeCosts(measured: Measured, facts: InputFacts, pixels: number): Promise<DecodeCosts> {
  const { packets, secondsPerTick } = facts
  const keys = packets.flatMap(({ isKey, pts }, place) => (isKey && pts * secondsPerTick >= fromS ? [place] : []))
  const rows: number[][] = []
  const values: number[] = []
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const first = keys[Math.floor((stretch * keys.length) / stretches)] ?? 0
    const coded = packets.slice(first, first + (lengths[stretch % lengths.length] ?? 0))
    const seek = ['-noaccurate_seek', '-ss', String(((packets[first]?.pts ?? 0) + 0.5) * secondsPerTick)]
    const frames = ['-map', '0:v', '-frames:v', String(coded.length), '-f', 'null', '-']
    values.push(await measured('cpuS', '-threads', '1', ...seek, '-i', facts.path, ...frames))
    rows.push([1, (coded.length * pixels) / 1e6, coded.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / 1e6])
  }
  const [, msPerMegapixel = 0, msPerMegabyte = 0] = leastSquares(rows, values)
  return { msPerMegapixel, msPerMegabyte }
}
