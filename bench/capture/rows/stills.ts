import type { BenchInput } from '../inputs/catalogue'
import { measureFloor } from '../inputs/floor'
import { likenessToScreen } from '../exactness'
import { race } from '../race'
import { makeReady } from '../ready-input'
import { fastestPlain, type Measured, type Row, targetOf, wallOf } from '../row'
import type { Setting } from '../setting'
import { ours, sampledStills } from '../ways/ours'
import { stillScale, stillWays } from '../ways/still-ways'
import type { Shoot } from '../ways/way'

const pictures = 20
const ourName = 'Stillflow'
const ourKeyframeName = 'Stillflow, FrameAccuracy keyframe'
/** Longer films are not decoded whole just to be compared with; they are of the same codec as shorter ones. */
const comparedUpToS = 130

/** Twenty stills, one every twentieth of the film, 640 px wide. */
export async function stillsRow(setting: Setting, input: BenchInput): Promise<Row> {
  const { tools, engine, scratch } = setting
  const { film, facts } = await makeReady(setting, input)
  const atS = Array.from({ length: pictures }, (_, k) => (k * film.media.durationMs) / 1_000 / pictures)
  const shoot: Shoot = { tools, facts, atS }
  const floor = await measureFloor(shoot, stillScale)
  const ways = [
    ours(ourName, engine, film, sampledStills('exact')),
    ours(ourKeyframeName, engine, film, sampledStills('keyframe')),
    ...stillWays(shoot),
  ]
  const measured = await race(ways, { ...setting, makes: pictures - 1, frameS: floor.anyFrameS })
  const isCompared = input.lengthS <= comparedUpToS
  return {
    name: `stills/${input.id}`,
    title: `20 stills at 5 % steps, 640 wide: ${input.title}`,
    measured: [...measured],
    targets: targetsOf(measured, floor.wallS, input.hasPrunableFrames),
    floor,
    ...(isCompared && { likeness: await likenessToScreen(engine, film, shoot, scratch) }),
  }
}

function targetsOf(measured: readonly Measured[], floorS: number, hasPrunableFrames: boolean): Row['targets'] {
  const our = wallOf(measured, ourName)
  const plain = hasPrunableFrames ? 0.65 : 1
  return [
    ...targetOf('exact stills against the fastest plain ffmpeg way', our, fastestPlain(measured), plain),
    ...targetOf('exact stills against the floor', our, floorS, 1.25),
    ...targetOf(
      'exact stills against fluent-ffmpeg screenshots()',
      our,
      wallOf(measured, 'fluent-ffmpeg screenshots()'),
      0.25,
    ),
    ...targetOf(
      'keyframe stills against ffmpegthumbnailer',
      wallOf(measured, ourKeyframeName),
      wallOf(measured, 'ffmpegthumbnailer, one after the other'),
      0.2,
    ),
  ]
}
