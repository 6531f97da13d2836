import { join } from 'node:path'
import { mkdir, readdir, rm } from 'node:fs/promises'
import sharp from 'sharp'
import type { Engine, Film } from './engine'
import type { Likeness } from './row'
import { sampledStills } from './ways/ours'
import { selectFrames, stillScale } from './ways/still-ways'
import type { Shoot } from './ways/way'

/** Less than this and it is another frame, or the same one badly scaled. */
export const leastPsnrDb = 40

/** Films that do not say are of BT.709 from 720 lines on, as players have it; ffmpeg takes them for BT.601. */
const highDefinitionPx = 720

/**
 * Compares our stills, lossless, with the frames on screen that a full decode shows.
 * @returns the least likeness, in decibels
 */
export async function likenessToScreen(engine: Engine, film: Film, shoot: Shoot, scratch: string): Promise<Likeness> {
  const place = join(scratch, 'decoded')
  await rm(place, { recursive: true, force: true })
  await mkdir(place, { recursive: true })
  const matrix = film.media.displayHeightPx < highDefinitionPx ? '' : 'setparams=colorspace=bt709,'
  const filter = `${matrix}${stillScale}:flags=bicubic+accurate_rnd,format=gbrp`
  await selectFrames(shoot, filter, ['-c:v', 'png', join(place, '%04d.png')])
  const shown = (await readdir(place)).sort().map((name) => join(place, name))
  const taken = await engine.perform(film, sampledStills('exact', 'png'))
  if (shown.length !== taken.length) throw new Error(`${taken.length} stills of ${shown.length} frames`)
  const least = Math.min(...(await Promise.all(taken.map((path, index) => psnrDb(path, shown[index] ?? '')))))
  return least === Infinity ? 'identical' : Number(least.toFixed(1))
}

async function psnrDb(one: string, other: string): Promise<number> {
  const [a, b] = await Promise.all([one, other].map((path) => sharp(path).removeAlpha().raw().toBuffer()))
  if (a === undefined || b?.length !== a.length) return 0
  let squares = 0
  for (let place = 0; place < a.length; place += 1) squares += ((a[place] ?? 0) - (b[place] ?? 0)) ** 2
  return 10 * Math.log10(255 ** 2 / (squares / a.length))
}
