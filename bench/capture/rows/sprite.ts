import { fiveHours, inputOf } from '../inputs/catalogue'
import { measureFloor } from '../inputs/floor'
import { makeInput } from '../inputs/make-input'
import { race } from '../race'
import { makeReady } from '../ready-input'
import { fastestPlain, type Row, targetOf, wallOf } from '../row'
import type { Setting } from '../setting'
import { ours, sprite } from '../ways/ours'
import { spriteWays } from '../ways/sprite-ways'

const ourName = 'Stillflow'
const cells = { columns: 10, rows: 10, widthPx: 142, heightPx: 80 } as const
const everyS = 5
const longEveryS = 2
const longLimitMb = 400

/** Sheets of 10 × 10 cells, one every five seconds of ten minutes. */
export async function spriteRow(setting: Setting): Promise<Row> {
  const input = inputOf('b')
  const { film, facts } = await makeReady(setting, input)
  const shape = { ...cells, everyS }
  const atS = Array.from({ length: Math.ceil(film.media.durationMs / 1_000 / everyS) }, (_, k) => k * everyS)
  const shoot = { tools: setting.tools, facts, atS }
  const floor = await measureFloor(shoot, `scale=${shape.widthPx}:${shape.heightPx}`)
  const ways = [ours(ourName, setting.engine, film, sprite(shape)), ...spriteWays(shoot, shape)]
  const makes = Math.ceil(atS.length / (cells.columns * cells.rows))
  const measured = await race(ways, { ...setting, makes, frameS: floor.anyFrameS })
  return {
    name: 'sprite/b',
    title: `10 × 10 sprites of 142×80 every ${everyS} s: ${input.title}`,
    measured: [...measured],
    targets: targetOf(
      'sprites against the fastest plain ffmpeg way',
      wallOf(measured, ourName),
      fastestPlain(measured),
      0.8,
    ),
    floor,
  }
}

/** Sheets of five hours, one cell every two seconds: nine thousand cells, in memory that does not know how many. */
export async function longSpriteRow(setting: Setting): Promise<Row> {
  const film = await setting.engine.film(
    await makeInput(setting.tools.ffmpegPath, `${setting.folder}/inputs`, fiveHours),
  )
  const task = sprite({ ...cells, everyS: longEveryS })
  const [measured] = await race([ours(ourName, setting.engine, film, task)], {
    ...setting,
    rounds: 1,
    makes: 1,
    isWarm: true,
  })
  const memoryMb = (measured?.childrenPeakMb ?? NaN) + (measured?.ownPeakMb ?? NaN)
  return {
    name: 'long-sprite/b30',
    title: `10 × 10 sprites of 142×80 every ${longEveryS} s: ${fiveHours.title}`,
    measured: measured === undefined ? [] : [measured],
    targets: [
      {
        what: 'MB held by node and ffmpeg together',
        figure: memoryMb,
        limit: longLimitMb,
        met: memoryMb < longLimitMb,
      },
    ],
  }
}
