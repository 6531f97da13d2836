import type { Offset } from '@libs/tasks'
import type { Engine, Film, PictureTask } from '../engine'
import type { BenchInput } from '../inputs/catalogue'
import { race } from '../race'
import { makeReady } from '../ready-input'
import type { Row } from '../row'
import type { Setting } from '../setting'
import { sampledStills, sprite, stillsAt } from '../ways/ours'
import type { Way } from '../ways/way'

const spriteStepS = 10
const tenths = Array.from({ length: 10 }, (_, k): Offset => ({ unit: 'percent', value: k * 10 }))
const twentieths = Array.from({ length: 20 }, (_, k): Offset => ({ unit: 'percent', value: k * 5 }))

/**
 * What the four tasks of a run could save if they shared what they decode: the CPU of four grabs against that of one grab of
 * all their times, in one size and one format, so less than any real sharing would take.
 */
export async function sharingRow(setting: Setting, input: BenchInput): Promise<Row> {
  const { film } = await makeReady(setting, input)
  const cells = Math.ceil(film.media.durationMs / 1_000 / spriteStepS)
  const cellTimes = Array.from({ length: cells }, (_, k): Offset => ({ unit: 's', value: k * spriteStepS }))
  const sheet = { rows: 10, columns: 10, widthPx: 142, heightPx: 80, everyS: spriteStepS }
  const apart = [sampledStills('exact'), stillsAt(tenths), sprite(sheet), stillsAt([{ unit: 'percent', value: 50 }])]
  const together = [stillsAt([...twentieths, ...cellTimes])]
  const ways = [
    oneByOne('four tasks, one after the other', setting.engine, film, apart),
    oneByOne('one task of all their times', setting.engine, film, together),
  ]
  const measured = await race(ways, { ...setting, makes: 1 })
  return {
    name: `sharing/${input.id}`,
    title: `What sharing could save: ${input.title}`,
    measured: [...measured],
    targets: [],
  }
}

function oneByOne(name: string, engine: Engine, film: Film, tasks: readonly PictureTask[]): Way {
  const run = async (): Promise<number> => {
    let made = 0
    for (const task of tasks) made += (await engine.perform(film, task)).length
    return made
  }
  return { name, of: 'ours', shows: 'on screen', decodes: 0, run }
}
