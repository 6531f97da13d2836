import { readFile, writeFile } from 'node:fs/promises'
import { caseOf } from '../case'
import { bytes, clock, clockIn, ffmpeg, made, quickH264, remade, testPicture } from '../inputs/make'
import { before } from '../inputs/mp4-surgery'
import { fails, succeeds } from '../judging/expectations'
import { upload } from '../judging/trials'

const time = { clock: {}, sizePx: [160, 90] } as const
const tone = ['-f', 'lavfi', '-i', 'sine=d=1'] as const
const still = ['-f', 'lavfi', '-i', 'testsrc2=s=64x64', '-frames:v', '1'] as const
const album = [
  '-f',
  'lavfi',
  '-i',
  'color=red:s=64x64:d=0.04',
  '-map',
  '0',
  '-map',
  '1',
  '-disposition:v',
  'attached_pic',
]
const colours = (...names: readonly string[]) =>
  names.flatMap((name) => ['-f', 'lavfi', '-i', `color=${name}:s=64x36:r=5:d=2`])
const maps = (count: number) => Array.from({ length: count }, (_, input) => ['-map', String(input)]).flat()
const red = [254, 0, 0] as const

/** A PNG under the name of a film. */
const png = remade(made(...still), 'png', async (from, to) => writeFile(to, await readFile(from)))

/** What is in a file, or is not: 17 to 19, and 43 to 46. */
export const streams = [
  caseOf({
    ...{ number: 17, title: 'sound alone', made: 'a sine as m4a and as mp3', quick: true },
    trials: () => [
      upload('17-sound.m4a', made(...tone), fails('media.noVideo')),
      upload('17-sound.mp3', made(...tone), fails('media.noVideo')),
    ],
  }),
  caseOf({
    ...{ number: 18, title: 'mp3 with cover art', made: 'a sine with an attached picture', quick: true },
    decision: 'The cover of an album is no video.',
    trials: () => [
      upload('18-cover.mp3', made(...tone, ...album, '-c:v', 'mjpeg'), fails('media.noVideo')),
      upload('18-cover.m4a', made(...tone, ...album, '-c:v', 'mjpeg'), fails('media.noVideo')),
    ],
  }),
  caseOf({
    ...{ number: 19, title: 'image named .mp4', made: 'PNG and JPEG, renamed', quick: true },
    trials: () => [
      upload('19-png.mp4', png, fails('media.unsupported')),
      upload('19-jpeg.mp4', remade(made(...still), 'jpg', copy), fails('media.unsupported')),
    ],
  }),
  caseOf({
    ...{ number: 43, title: '40 video streams', made: '40 colours, mapped' },
    decision: 'Up to 32 streams the default one, else the first, is taken; more are refused.',
    trials: () => [
      upload('43-32.mkv', manyStreams(32), succeeds({ colour: red })),
      upload('43-40.mkv', manyStreams(40), fails('media.unsupported')),
    ],
  }),
  caseOf({
    ...{ number: 44, title: 'three video streams, the second by default', made: 'disposition' },
    trials: () => [
      upload(
        '44-second.mkv',
        made(
          ...colours('blue', 'red', 'green'),
          ...maps(3),
          ...['-disposition:v:0', '0', '-disposition:v:1', 'default', '-disposition:v:2', '0', ...quickH264],
        ),
        succeeds({ colour: red }),
      ),
    ],
    quick: true,
  }),
  caseOf({
    ...{ number: 45, title: 'fragmented mp4 without sidx', made: 'frag_keyframe+empty_moov' },
    trials: () => [upload('45-fragments.mp4', clockIn([...quickH264, '-g', '25', ...fragments]), succeeds(time))],
    quick: true,
  }),
  caseOf({
    ...{ number: 46, title: 'fragmented mp4, beginning only', made: 'all before the first moof' },
    trials: () => [
      upload(
        '46-init.mp4',
        clock((mp4) => before(mp4, 'moof'), { encoding: [...quickH264, ...fragments] }),
        fails('media.truncated'),
      ),
    ],
    quick: true,
  }),
  caseOf({
    ...{ number: 50, title: 'encrypted mp4', made: 'cenc-aes-ctr' },
    trials: () => [
      upload(
        '50-cenc.mp4',
        clockIn([...quickH264, '-encryption_scheme', 'cenc-aes-ctr', ...keys]),
        fails('media.encrypted'),
      ),
    ],
    quick: true,
  }),
  caseOf({
    ...{ number: 51, title: 'HEIC, AVIF and WebP, also moving', made: 'sharp and ffmpeg' },
    decision: 'Pictures are no videos, even where they move.',
    trials: () => [
      upload(
        '51-still.avif',
        made(...still, '-c:v', 'libaom-av1', '-cpu-used', '8', '-still-picture', '1'),
        fails(notVideo),
      ),
      upload(
        '51-moving.avif',
        made(...testPicture('64x64', 1), '-c:v', 'libaom-av1', '-cpu-used', '8'),
        fails(notVideo),
      ),
      upload('51-moving.webp', made(...testPicture('64x64', 1), '-c:v', 'libwebp_anim'), fails(notVideo)),
      upload('51-heic.mp4', bytes(heic), fails(notVideo)),
    ],
  }),
]

const fragments = ['-movflags', 'frag_keyframe+empty_moov'] as const
const keys = [
  ...['-encryption_key', '76a6c65c5ea762046bd749a2e632ccbb'],
  ...['-encryption_kid', 'a7e61c373e219033c21091fa607bf3b8'],
] as const
const notVideo = ['media.unsupported', 'media.notMedia', 'media.noVideo', 'media.truncated', 'media.malformed']

/** The boxes that a HEIC begins with; no encoder here writes one. */
function heic(): Buffer {
  const type = Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic', 'latin1')
  const meta = Buffer.concat([Buffer.from('\0\0\0\u0010meta\0\0\0\0\0\0\0\0', 'latin1')])
  return Buffer.concat([type, meta, Buffer.from('\0\0\u0001\0mdat', 'latin1'), Buffer.alloc(248, 7)])
}

function manyStreams(count: number) {
  return (path: string): Promise<void> =>
    ffmpeg(...colours('red'), ...Array.from({ length: count }, () => ['-map', '0']).flat(), ...quickH264, path)
}

async function copy(from: string, to: string): Promise<void> {
  await writeFile(to, await readFile(from))
}
