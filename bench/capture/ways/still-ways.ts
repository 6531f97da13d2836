import ffmpeg from 'fluent-ffmpeg'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { lanes } from '../inputs/floor'
import { ptsOnScreen, runTo } from '../inputs/input-facts'
import { atATime, runTool } from './run-tool'
import { jpeg, lean, quiet, type Shoot, way, type Way } from './way'

const widthPx = 640
/** How stills are scaled. */
export const stillScale = `scale=${widthPx}:-2`

/** Every way to many stills that is not ours. */
export function stillWays(shoot: Shoot): readonly Way[] {
  return [oneByOne(shoot), twoAtATime(shoot), severalInputs(shoot), selecting(shoot), byRate(shoot)].concat(
    screenshots(shoot),
    hasThumbnailer() ? thumbnailer(shoot) : [],
  )
}

/** A still as everybody first writes it. */
export function plainSeek(
  { tools, facts }: Shoot,
  atS: number,
  path: string,
  options: readonly string[],
): Promise<string> {
  const picture = ['-map', '0:v:0', '-frames:v', '1', '-vf', stillScale, ...jpeg, path]
  return runTool(tools.ffmpegPath, [...quiet, ...options, '-ss', String(atS), '-i', facts.path, ...picture])
}

export function framesSought({ facts, atS }: Shoot): number {
  const runs = atS.map((at) => runTo(facts, ptsOnScreen(facts, at)))
  return runs.reduce((sum, { from, to }) => sum + to - from + 1, 0)
}

function pathOf(folder: string, index: number): string {
  return join(folder, `${String(index).padStart(4, '0')}.jpg`)
}

function oneByOne(shoot: Shoot): Way {
  const facts = { name: '-ss t -i, one after the other', of: 'plain', shows: 'next' } as const
  return way({ ...facts, decodes: framesSought(shoot) }, (folder) =>
    atATime(1, shoot.atS, (at, index) => plainSeek(shoot, at, pathOf(folder, index), [])),
  )
}

function twoAtATime(shoot: Shoot): Way {
  const facts = { name: '-ss t -i, two at a time, lean', of: 'plain', shows: 'next' } as const
  return way({ ...facts, decodes: framesSought(shoot) }, (folder) =>
    atATime(lanes, shoot.atS, (at, index) => plainSeek(shoot, at, pathOf(folder, index), lean)),
  )
}

function severalInputs(shoot: Shoot): Way {
  const facts = { name: 'several -ss t -i in each of two processes', of: 'plain', shows: 'next' } as const
  return way({ ...facts, decodes: framesSought(shoot) }, (folder) =>
    manyInputs(shoot, stillScale, (at) => pathOf(folder, at)),
  )
}

/** As many inputs as pictures, shared out to a process per lane. */
export async function manyInputs(
  { tools, facts, atS }: Shoot,
  filter: string,
  pathAt: (index: number) => string,
): Promise<void> {
  const shares = Array.from({ length: lanes }, (_, lane) =>
    [...atS.entries()].slice(Math.floor((lane * atS.length) / lanes), Math.floor(((lane + 1) * atS.length) / lanes)),
  )
  await atATime(lanes, shares, (share) =>
    runTool(tools.ffmpegPath, [
      ...[...quiet, ...share.flatMap(([, at]) => [...lean, '-ss', String(at), '-i', facts.path])],
      ...share.flatMap(([index], input) => [
        ...['-map', `${input}:v:0`, '-frames:v', '1', '-vf', filter, '-threads', '1', ...jpeg, pathAt(index)],
      ]),
    ]),
  )
}

/** The full decode that the frames on screen are read from: what ours is compared with. */
export async function selectFrames(shoot: Shoot, filter: string, output: readonly string[]): Promise<void> {
  const { tools, facts, atS } = shoot
  const wanted = [...new Set(atS.map((at) => ptsOnScreen(facts, at)))]
  const select = `select='${wanted.map((pts) => `eq(pts,${pts})`).join('+')}'`
  await runTool(tools.ffmpegPath, [
    ...[...quiet, '-threads', String(lanes), '-copyts', '-i', facts.path, '-map', '0:v:0'],
    ...['-vf', `${select},${filter}`, '-fps_mode', 'passthrough', ...output],
  ])
}

function selecting(shoot: Shoot): Way {
  const facts = { name: 'select in one full decode', of: 'plain', shows: 'on screen' } as const
  return way({ ...facts, decodes: shoot.facts.packets.length }, (folder) =>
    selectFrames(shoot, stillScale, [...jpeg, join(folder, '%04d.jpg')]),
  )
}

function byRate({ tools, facts, atS }: Shoot): Way {
  const about = { name: 'fps in one full decode', of: 'plain', shows: 'another' } as const
  const filter = `fps=1/${(atS[1] ?? 1) - (atS[0] ?? 0)},${stillScale}`
  return way({ ...about, decodes: facts.packets.length }, (folder) =>
    runTool(tools.ffmpegPath, [...quiet, '-i', facts.path, '-vf', filter, ...jpeg, join(folder, '%04d.jpg')]),
  )
}

function screenshots({ tools, facts, atS }: Shoot): Way {
  const about = { name: 'fluent-ffmpeg screenshots()', of: 'peer', shows: 'next' } as const
  return way({ ...about, decodes: facts.packets.length }, async (folder) => {
    const command = ffmpeg(facts.path).setFfmpegPath(tools.ffmpegPath).setFfprobePath(tools.ffprobePath)
    const ended = once(command, 'end')
    command.screenshots({ timestamps: [...atS], size: `${widthPx}x?`, folder, filename: '%00i.jpg' })
    await ended
  })
}

function hasThumbnailer(): boolean {
  return spawnSync('ffmpegthumbnailer', ['-v']).status === 0
}

function thumbnailer({ facts, atS }: Shoot): Way {
  const about = { name: 'ffmpegthumbnailer, one after the other', of: 'peer', shows: 'keyframe' } as const
  return way({ ...about, decodes: atS.length }, (folder) =>
    atATime(1, atS, (at, index) =>
      runTool('ffmpegthumbnailer', [
        ...['-i', facts.path, '-o', pathOf(folder, index), '-s', String(widthPx), '-t', clock(at), '-q', '8'],
      ]),
    ),
  )
}

/** hh:mm:ss, which is all that ffmpegthumbnailer takes besides whole percents. */
function clock(atS: number): string {
  const parts = [atS / 3_600, (atS / 60) % 60, atS % 60]
  return parts.map((part) => String(Math.floor(part)).padStart(2, '0')).join(':')
}
