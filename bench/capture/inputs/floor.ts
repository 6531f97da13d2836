import type { MediaTools } from '@libs/media'
import { availableParallelism } from 'node:os'
import { median } from '../../figures'
import { measure } from '../measure'
import { runTool } from '../ways/run-tool'
import type { Shoot } from '../ways/way'
import { type InputFacts, ptsOnScreen, type Run, runTo } from './input-facts'

const repeats = 3
/** The films show the same half minute over and over: frames of all of it are measured. */
const stretchS = 30

/** What frames of a film cost, once a bench: it takes as long as most ways. */
const measuredBefore = new Map<string, FrameCosts>()

/** The cores that count: two lanes is what the targets are set for. */
export const lanes = Math.min(2, availableParallelism())

/** What one frame costs on this machine, in seconds of one core. */
export interface FrameCosts {
  readonly startS: number
  readonly anyFrameS: number
  readonly referredFrameS: number
  readonly pictureS: number
}

/** What no way of decoding with this decoder can do without. */
export interface Floor extends FrameCosts {
  readonly referredFrames: number
  readonly otherFrames: number
  readonly pictures: number
  readonly wallS: number
}

/**
 * The frames that pictures need, from their keyframes on, without those that nothing refers to, times what each costs:
 * shared out to the lanes without a rest, after one start of ffmpeg.
 */
export async function measureFloor(shoot: Shoot, scale: string): Promise<Floor> {
  const { tools, facts, atS } = shoot
  const wanted = atS.map((at) => ptsOnScreen(facts, at))
  const runs = joinRuns(wanted.map((pts) => runTo(facts, pts)))
  const middle = stretchInTheMiddle(facts)
  const referred = await referredPts(tools, facts, [...runs, middle])
  const name = `${facts.path} ${scale}`
  const costs = measuredBefore.get(name) ?? (await measureFrames(shoot, scale, middle, referred))
  measuredBefore.set(name, costs)
  const asked = new Set(wanted)
  const needed = runs.flatMap(({ from, to }) => facts.packets.slice(from, to + 1).map(({ pts }) => pts))
  const referredFrames = needed.filter((pts) => referred.has(pts)).length
  const otherFrames = needed.filter((pts) => !referred.has(pts) && asked.has(pts)).length
  const cpuS = referredFrames * costs.referredFrameS + otherFrames * costs.anyFrameS + asked.size * costs.pictureS
  return { ...costs, referredFrames, otherFrames, pictures: asked.size, wallS: cpuS / lanes + costs.startS }
}

/** Targets of one group of pictures share its frames. */
function joinRuns(runs: readonly Run[]): readonly Run[] {
  const furthest = new Map<number, number>()
  for (const { from, to } of runs) furthest.set(from, Math.max(to, furthest.get(from) ?? 0))
  return [...furthest].map(([from, to]) => ({ from, to }))
}

function stretchInTheMiddle(facts: InputFacts): Run {
  const { packets, secondsPerTick } = facts
  const middlePts = packets[Math.floor(packets.length / 2)]?.pts ?? 0
  const earliestPts = middlePts - stretchS / 2 / secondsPerTick
  const from = Math.max(
    0,
    packets.findLastIndex(({ isKey, pts }) => isKey && pts <= earliestPts),
  )
  const endPts = (packets[from]?.pts ?? 0) + stretchS / secondsPerTick
  const to = packets.findIndex(({ pts }, place) => place > from && pts >= endPts)
  return { from, to: to < 0 ? packets.length - 1 : to - 1 }
}

/** Which frames of the runs a decoder keeps that was told to drop what nothing refers to. */
async function referredPts(tools: MediaTools, facts: InputFacts, runs: readonly Run[]): Promise<ReadonlySet<number>> {
  const intervals = runs.map(({ from, to }) => `${secondsAt(facts, from)}%${secondsAt(facts, to) + 1}`)
  const printed = await runTool(tools.ffprobePath, [
    ...['-v', 'error', '-select_streams', 'v:0', '-skip_frame', 'noref', '-read_intervals', intervals.join(',')],
    ...['-show_entries', 'frame=pts', '-of', 'csv=p=0', facts.path],
  ])
  return new Set(printed.split('\n').flatMap((line) => (line === '' ? [] : [Number.parseInt(line)])))
}

function secondsAt({ packets, secondsPerTick }: InputFacts, place: number): number {
  return (packets[place]?.pts ?? 0) * secondsPerTick
}

/** Decodes a stretch in one thread: all of it, without what nothing refers to, and with a picture of each frame. */
async function measureFrames(
  { tools: { ffmpegPath }, facts }: Shoot,
  scale: string,
  stretch: Run,
  referred: ReadonlySet<number>,
): Promise<FrameCosts> {
  const fromS = secondsAt(facts, stretch.from)
  const decode = (options: readonly string[], output: readonly string[]): Promise<number> =>
    medianCpuS(ffmpegPath, [
      ...['-v', 'error', '-nostdin', '-threads', '1', ...options, '-ss', String(fromS), '-t', String(stretchS)],
      ...['-i', facts.path, '-map', '0:v:0', ...output, '-f', 'null', '-'],
    ])
  const startS = await medianCpuS(ffmpegPath, ['-version'])
  const allS = await decode([], [])
  const referredS = await decode(['-skip_frame', 'noref'], [])
  const picturesS = await decode([], ['-vf', scale, '-c:v', 'mjpeg', '-q:v', '3'])
  const frames = facts.packets.slice(stretch.from, stretch.to + 1)
  const kept = frames.filter(({ pts }) => referred.has(pts)).length
  return {
    startS,
    anyFrameS: (allS - startS) / frames.length,
    referredFrameS: (referredS - startS) / kept,
    pictureS: Math.max(0, picturesS - allS) / frames.length,
  }
}

async function medianCpuS(command: string, args: readonly string[]): Promise<number> {
  const taken: number[] = []
  for (let round = 0; round < repeats; round += 1) taken.push((await measure(() => runTool(command, args))).cpuS)
  return median(taken)
}
