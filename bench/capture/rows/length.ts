import { type BenchInput, fiveHours, inputOf } from '../inputs/catalogue'
import { makeInput } from '../inputs/make-input'
import { race } from '../race'
import { type Row, targetOf, wallOf } from '../row'
import type { Setting } from '../setting'
import { ours, stillsAt } from '../ways/ours'

const pictures = 20

/**
 * Twenty stills of ten minutes and of five hours that repeat them: at the same places of the same scene, so that the
 * same frames are decoded, and only the length of the film differs.
 */
export async function lengthRow(setting: Setting): Promise<Row> {
  const short = inputOf('b')
  const filmOf = async (input: BenchInput) =>
    setting.engine.film(await makeInput(setting.tools.ffmpegPath, `${setting.folder}/inputs`, input))
  const [shortFilm, longFilm] = [await filmOf(short), await filmOf(fiveHours)]
  const periodS = shortFilm.media.durationMs / 1_000
  const repeats = Math.round(fiveHours.lengthS / short.lengthS)
  const offsets = Array.from({ length: pictures }, (_, k) => (k * periodS) / pictures)
  const spread = offsets.map((offsetS, k) => offsetS + periodS * Math.floor((k * repeats) / pictures))
  const inSeconds = (values: readonly number[]) => stillsAt(values.map((value) => ({ unit: 's', value }) as const))
  const names = ['Stillflow, 10 minutes', 'Stillflow, 5 hours'] as const
  const ways = [
    ours(names[0], setting.engine, shortFilm, inSeconds(offsets)),
    ours(names[1], setting.engine, longFilm, inSeconds(spread)),
  ]
  const measured = await race(ways, { ...setting, makes: pictures })
  return {
    name: 'length/b30',
    title: '20 stills, 640 wide: ten minutes, and five hours of the same',
    measured: [...measured],
    targets: targetOf('five hours against ten minutes', wallOf(measured, names[1]), wallOf(measured, names[0]), 1.15),
  }
}
