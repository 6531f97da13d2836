import { caseOf } from '../case'
import { clock, ffmpeg, made, quickH264, remade, testPicture } from '../inputs/make'
import { failsAtOffsets, succeeds, succeedsOr } from '../judging/expectations'
import { upload } from '../judging/trials'

const time = { clock: {}, sizePx: [160, 90] } as const
const picture = { detail: 8, sizePx: [160, 90] } as const
const asTheyAre = ['-avoid_negative_ts', 'disabled'] as const
const copied =
  (...options: readonly string[]) =>
  (from: string, to: string) =>
    ffmpeg('-i', from, '-c', 'copy', ...options, to)

/** Clocks that run oddly: 20, 21, 27 to 31, 39 to 42. */
export const times = [
  caseOf({
    ...{ number: 20, title: 'one-frame video', made: '-frames:v 1', quick: true },
    decision: 'All offsets within it are its one frame.',
    trials: () => [
      upload('20-one.mp4', made(...testPicture('160x90', 1), '-frames:v', '1', ...quickH264), succeeds(picture), {
        offsets: ['0s', '0.05s', '50%', '100%'],
      }),
    ],
  }),
  caseOf({
    ...{ number: 21, title: 'offset beyond the end', made: '100 s of a clip of 4', quick: true },
    decision: 'The task fails and says so; no other does. Never a success without a file.',
    trials: () => [
      upload('21-beyond.mp4', clock(), failsAtOffsets('task.invalidOffset', time), { offsets: ['1s', '100s'] }),
    ],
  }),
  caseOf({
    ...{ number: 27, title: 'negative timestamps', made: 'output_ts_offset -5', quick: true },
    decision: 'Time 0 is the first frame that is shown.',
    trials: () => [
      upload('27-negative.ts', remade(clock(), 'mp4', copied('-output_ts_offset', '-5', ...asTheyAre)), succeeds(time)),
      upload('27-late.mp4', remade(clock(), 'mp4', copied('-output_ts_offset', '5')), succeeds(time)),
    ],
  }),
  caseOf({
    ...{ number: 28, title: 'a TS that starts at 3600 s', made: 'output_ts_offset', quick: true },
    decision: 'Offsets count from its first frame.',
    trials: () => [upload('28-late.ts', remade(clock(), 'mp4', copied('-output_ts_offset', '3600')), succeeds(time))],
  }),
  caseOf({
    ...{ number: 29, title: 'variable rate with a gap', made: 'frames 1 s to 3 s left out' },
    decision: 'The frame on screen is the nearest before.',
    trials: () => [
      upload(
        '29-gap.mp4',
        clock(undefined, {
          filter: "select='lt(t,1)+gte(t,3)'",
          encoding: [...quickH264, '-g', '25', '-vsync', 'vfr'],
        }),
        succeeds({ clock: { toleranceS: 2 }, sizePx: [160, 90] }),
        { offsets: ['0s', '2s', '100%'] },
      ),
    ],
  }),
  caseOf({
    ...{ number: 30, title: '1000 frames a second', made: 'r=1000' },
    trials: () => [upload('30-fast.mp4', made(...testPicture('160x90', 1, 1000), ...quickH264), succeeds(picture))],
  }),
  caseOf({
    ...{ number: 31, title: 'one frame a minute', made: 'r=1/60' },
    trials: () => [
      upload(
        '31-slow.mp4',
        made('-f', 'lavfi', '-i', 'testsrc2=s=160x90:d=600:r=1/60', ...quickH264),
        succeeds(picture),
      ),
    ],
  }),
  caseOf({
    ...{ number: 39, title: 'black all the way, and a fade in', made: 'color=black, fade', quick: true },
    decision: 'Black is a picture, not damage.',
    trials: () => [
      upload(
        '39-black.mp4',
        made('-f', 'lavfi', '-i', 'color=black:s=160x90:d=2', ...quickH264),
        succeeds({ colour: [0, 0, 0] }),
      ),
      upload('39-fade.mp4', made(...testPicture('160x90', 2), '-vf', 'fade=d=1', ...quickH264), succeeds({})),
    ],
  }),
  caseOf({
    ...{ number: 40, title: 'open GOPs, cut before a keyframe (TS)', made: 'the tail of a TS' },
    decision: 'It begins at the first frame that decodes without what was cut away.',
    trials: () => [
      upload(
        '40-tail.ts',
        clock((ts) => ts.subarray(Math.floor((ts.length * 0.3) / 188) * 188), {
          encoding: [...openGops],
          seconds: 8,
        }),
        succeeds({ clock: { startS: 3, toleranceS: 1 } }),
      ),
    ],
  }),
  caseOf({
    ...{ number: 41, title: 'size changes midway', made: 'two TS of two sizes, one behind the other' },
    decision: 'Every picture has the size of the beginning.',
    trials: () => [upload('41-sizes.ts', joined(['160x90', 'libx264'], ['320x240', 'libx264']), succeeds(picture))],
  }),
  caseOf({
    ...{ number: 42, title: 'codec changes midway', made: 'a TS with H.264 and one with MPEG-2, one behind the other' },
    decision: 'Pictures come from the codec of the beginning; where the other one is, there are none.',
    trials: () => [
      upload(
        '42-codecs.ts',
        joined(['160x90', 'libx264'], ['160x90', 'mpeg2video']),
        succeedsOr(['media.malformed'], picture),
      ),
    ],
  }),
]

const openGops = ['-c:v', 'libx264', '-crf', '8', '-g', '25', '-bf', '3', '-x264-params', 'open-gop=1:scenecut=0']

/** Two films of two seconds, as broadcasters join them. */
function joined(...parts: readonly (readonly [size: string, codec: string])[]) {
  return async (path: string): Promise<void> => {
    for (const [index, [size, codec]] of parts.entries()) {
      const encoding = ['-c:v', codec, '-pix_fmt', 'yuv420p', '-g', '10']
      await ffmpeg(...testPicture(size, 2), ...encoding, '-output_ts_offset', String(index * 2), `${path}.${index}.ts`)
    }
    const list = parts.map((_, index) => `${path}.${index}.ts`).join('|')
    await ffmpeg('-i', `concat:${list}`, '-c', 'copy', '-copyts', path)
  }
}
