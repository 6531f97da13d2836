import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { MediaTools } from './confinement/open-media-tools'

const run = promisify(execFile)
const answerMs = 20_000

/** What a build of ffmpeg may leave out, as `-<list>` names it, and what goes without it. */
interface Ability {
  readonly list: 'decoders' | 'demuxers' | 'encoders' | 'muxers' | 'filters'
  /** One of them is enough. */
  readonly anyOf: readonly string[]
}

const filters = [
  ...['scale', 'pad', 'format', 'trim', 'select', 'setpts', 'settb', 'setsar', 'setparams'],
  ...['estdif', 'lut3d', 'transpose', 'hflip', 'vflip'],
]

/** Without these no picture is made. */
const needed: Readonly<Record<string, Ability>> = {
  ...Object.fromEntries(filters.map((name) => [`the filter ${name}`, { list: 'filters', anyOf: [name] } as const])),
  'PNG pictures': { list: 'encoders', anyOf: ['png'] },
  'JPEG pictures': { list: 'encoders', anyOf: ['mjpeg'] },
  'files of pictures': { list: 'muxers', anyOf: ['image2'] },
  'transport streams': { list: 'muxers', anyOf: ['mpegts'] },
}

/** Without these, videos of a sort are refused. */
const formats: Readonly<Record<string, Ability>> = {
  'MP4 and MOV': { list: 'demuxers', anyOf: ['mov,mp4,m4a,3gp,3g2,mj2'] },
  'Matroska and WebM': { list: 'demuxers', anyOf: ['matroska,webm'] },
  'MPEG-TS': { list: 'demuxers', anyOf: ['mpegts'] },
  FLV: { list: 'demuxers', anyOf: ['flv'] },
  AVI: { list: 'demuxers', anyOf: ['avi'] },
  'H.264': { list: 'decoders', anyOf: ['h264'] },
  HEVC: { list: 'decoders', anyOf: ['hevc'] },
  VP8: { list: 'decoders', anyOf: ['vp8', 'libvpx'] },
  VP9: { list: 'decoders', anyOf: ['vp9', 'libvpx-vp9'] },
  // ffmpeg's own `av1` only hands on to hardware.
  AV1: { list: 'decoders', anyOf: ['libdav1d', 'libaom-av1'] },
  'MPEG-2': { list: 'decoders', anyOf: ['mpeg2video'] },
  'MPEG-4': { list: 'decoders', anyOf: ['mpeg4'] },
  ProRes: { list: 'decoders', anyOf: ['prores'] },
  'Motion JPEG': { list: 'decoders', anyOf: ['mjpeg'] },
}

export interface MissingAbilities {
  /** What no task can do without. */
  readonly needed: readonly string[]
  /** Sorts of video that will be refused. */
  readonly formats: readonly string[]
}

/** Asks ffmpeg what it was built with. @throws when it does not run */
export async function missingAbilities({ ffmpegPath, env }: MediaTools): Promise<MissingAbilities> {
  const lists = ['decoders', 'demuxers', 'encoders', 'muxers', 'filters'] as const
  const told = await Promise.all(
    lists.map(async (list) => {
      const { stdout } = await run(ffmpegPath, ['-hide_banner', `-${list}`], { env, timeout: answerMs })
      return [list, namesIn(stdout)] as const
    }),
  )
  const names = new Map<Ability['list'], ReadonlySet<string>>(told)
  const missingOf = (abilities: Readonly<Record<string, Ability>>): readonly string[] =>
    Object.entries(abilities)
      .filter(([, { list, anyOf }]) => !anyOf.some((name) => names.get(list)?.has(name)))
      .map(([what]) => what)
  return { needed: missingOf(needed), formats: missingOf(formats) }
}

/** Each line of a list has flags, a name, and a description. */
function namesIn(list: string): ReadonlySet<string> {
  return new Set(list.split('\n').flatMap((line) => /^\s+[A-Z.|]+\s+(\S+)/.exec(line)?.[1] ?? []))
}
