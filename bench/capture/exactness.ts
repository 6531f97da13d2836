import { join } from 'node:path'
import { mkdir, readdir, rm } from 'node:fs/promises'
import sharp from 'sharp'
import type { Engine, Film } from './engine'
import { sampledStills } from './ways/ours'
import { selectFrames, stillScale } from './ways/still-ways'
import type { Shoot } from './ways/way'

/** Less than this and it is another frame, or the same one badly scaled. */
const leastPsnrDb = 40

/**
 * Compares our stills, lossless, with the frames on screen that a full decode shows.
 * @returns the least likeness, in decibels
 * @throws Error when a still is not the frame on screen
 */
export async function checkExactness(
  engine: Engine,
  film: Film,
  shoot: Shoot,
  folder: string,
): Promise<number | 'identical'> {
  const place = join(folder, 'decoded')
  await rm(place, { recursive: true, force: true })
  await mkdir(place, { recursive: true })
  await selectFrames(shoot, stillScale, ['-c:v', 'png', join(place, '%04d.png')])
  const shown = (await readdir(place)).sort().map((name) => join(place, name))
  const taken = await engine.perform(film, sampledStills('exact', 'png'))
  if (shown.length !== taken.length) throw new Error(`${taken.length} stills of ${shown.length} frames`)
  const likeness = await Promise.all(taken.map((path, index) => psnrDb(path, shown[index] ?? '')))
  const least = Math.min(...likeness)
  if (least === Infinity) return 'identical'
  if (least >= leastPsnrDb) return least
  const at = shoot.atS[likeness.indexOf(least)] ?? NaN
  throw new Error(`${film.path}: the still at ${at} s is not the frame on screen (${least.toFixed(1)} dB).`)
}

async function psnrDb(one: string, other: string): Promise<number> {
  const [a, b] = await Promise.all([one, other].map((path) => sharp(path).removeAlpha().raw().toBuffer()))
  if (a === undefined || b?.length !== a.length) return 0
  let squares = 0
  for (let place = 0; place < a.length; place += 1) squares += ((a[place] ?? 0) - (b[place] ?? 0)) ** 2
  return 10 * Math.log10(255 ** 2 / (squares / a.length))
}
