import { join } from 'node:path'
import { lanes } from '../inputs/floor'
import { runTool } from './run-tool'
import { framesSought, plainSeek, stillScale } from './still-ways'
import { jpeg, quiet, type Shoot, way, type Way } from './way'

/** Jellyfin's and PeerTube's filters look at so many frames and keep the most typical one. */
const [jellyfinFrames, peertubeFrames] = [24, 50] as const

/** Every way to one still that is not ours; the others' pick a frame that they like near t, or near the start. */
export function singleWays(shoot: Shoot): readonly Way[] {
  const sought = framesSought(shoot)
  const plain = { of: 'plain', shows: 'next', decodes: sought } as const
  const peer = { of: 'peer', shows: 'another' } as const
  const atS = shoot.atS[0] ?? 0
  const seek = (options: readonly string[]) => (folder: string) => plainSeek(shoot, atS, join(folder, '1.jpg'), options)
  const liked = (frames: number) => (folder: string) =>
    filtered(shoot, ['-ss', String(atS)], `thumbnail=${frames}`, folder)
  return [
    way({ name: '-ss t -i', ...plain }, seek([])),
    way({ name: '-ss t -i, lean', ...plain }, seek(['-threads', String(lanes), '-nofind_stream_info'])),
    way(
      { name: `as Jellyfin: thumbnail=${jellyfinFrames}`, ...peer, decodes: sought + jellyfinFrames },
      liked(jellyfinFrames),
    ),
    way(
      { name: `as PeerTube: thumbnail=${peertubeFrames}`, ...peer, decodes: sought + peertubeFrames },
      liked(peertubeFrames),
    ),
    way({ name: 'as Immich: a chain of filters from the start', ...peer, decodes: 300 }, (folder) =>
      filtered(shoot, ['-skip_frame', 'nointra'], immichFilter, folder),
    ),
  ]
}

const immichFilter = [
  'fps=12:start_time=0:eof_action=pass:round=down',
  'thumbnail=12',
  String.raw`select=gt(scene\,0.1)-eq(prev_selected_n\,n)+isnan(prev_selected_n)-gt(n\,20)`,
  'trim=end_frame=2',
  'reverse',
].join(',')

function filtered(
  { tools, facts }: Shoot,
  options: readonly string[],
  filter: string,
  folder: string,
): Promise<string> {
  const picture = ['-map', '0:v:0', '-frames:v', '1', '-vf', `${filter},${stillScale}`, ...jpeg, join(folder, '1.jpg')]
  return runTool(tools.ffmpegPath, [...quiet, ...options, '-i', facts.path, ...picture])
}
