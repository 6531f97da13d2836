import type { BenchInput } from '../inputs/catalogue'
import { measureFloor } from '../inputs/floor'
import { race } from '../race'
import { makeReady } from '../ready-input'
import { fastestPlain, type Row, targetOf, wallOf } from '../row'
import type { Setting } from '../setting'
import { ours, stillsAt } from '../ways/ours'
import { singleWays } from '../ways/single-ways'
import { stillScale } from '../ways/still-ways'

const ourName = 'Stillflow'

/** One still in the middle of the film, 640 px wide. */
export async function singleRow(setting: Setting, input: BenchInput): Promise<Row> {
  const { film, facts } = await makeReady(setting, input)
  const atS = film.media.durationMs / 2_000
  const shoot = { tools: setting.tools, facts, atS: [atS] }
  const floor = await measureFloor(shoot, stillScale)
  const ways = [ours(ourName, setting.engine, film, stillsAt([{ unit: 'percent', value: 50 }])), ...singleWays(shoot)]
  const measured = await race(ways, { ...setting, makes: 1, frameS: floor.anyFrameS })
  const figure = wallOf(measured, ourName)
  return {
    name: `single/${input.id}`,
    title: `One still at 50 %, 640 wide: ${input.title}`,
    measured: [...measured],
    targets: targetOf('one still against the fastest plain ffmpeg way', figure, fastestPlain(measured), 1.1),
    floor,
  }
}
