import { readFile, writeFile } from 'node:fs/promises'
import { setDisplayMatrix } from '@libs/testing'
import { caseOf } from '../case'
import { clock, clockIn, made, quickH264, testPicture } from '../inputs/make'
import { fails, succeeds } from '../judging/expectations'
import { upload } from '../judging/trials'

const picture = (widthPx: number, heightPx: number) => ({ detail: 8, sizePx: [widthPx, heightPx] }) as const
const time = (widthPx: number, heightPx: number) => ({ clock: {}, sizePx: [widthPx, heightPx] }) as const

/** Sizes and turns: 22 to 26, 32 and 33. */
export const shapes = [
  caseOf({
    ...{ number: 22, title: 'odd size, 321 x 241, 4:4:4', made: 'yuv444p', quick: true },
    trials: () => [
      upload(
        '22-odd.mp4',
        made('-f', 'lavfi', '-i', 'testsrc=s=321x241:d=2:r=10', '-c:v', 'libx264', '-pix_fmt', 'yuv444p'),
        succeeds(picture(321, 241)),
      ),
    ],
  }),
  caseOf({
    ...{ number: 23, title: '2 x 2 px', made: 'a tiny colour', quick: true },
    decision: "A still is as large as the video, however small; a sprite cell has its template's size.",
    trials: () => [
      upload(
        '23-tiny.mkv',
        made('-f', 'lavfi', '-i', 'color=red:s=2x2:d=2:r=5', '-c:v', 'ffv1'),
        succeeds({ sizePx: [2, 2] }),
      ),
    ],
  }),
  caseOf({
    ...{ number: 24, title: '16 x 8192 px', made: 'a very tall picture' },
    decision: 'Laid into cells with bars; the whole of it is kept.',
    trials: () => [
      upload('24-tall.mp4', made(...testPicture('16x8192', 1, 4), ...quickH264), succeeds({ sizePx: [16, 8192] })),
    ],
  }),
  caseOf({
    ...{ number: 25, title: '8192 x 4320 px', made: '8K, two frames' },
    trials: () => [
      upload('25-8k.mp4', made(...testPicture('8192x4320', 1, 2), ...quickH264), succeeds(picture(8192, 4320))),
    ],
  }),
  caseOf({
    ...{ number: 26, title: 'above the most pixels', made: 'MJPEG of 12000 x 12000 px' },
    trials: () => [
      upload(
        '26-large.mkv',
        made('-f', 'lavfi', '-i', 'color=gray:s=12000x12000:r=1:d=1', '-c:v', 'mjpeg', '-q:v', '30'),
        fails('media.tooManyPixels'),
      ),
    ],
  }),
  caseOf({
    ...{
      number: 32,
      title: 'turned by 90, 180 and 270 degrees',
      made: 'display matrix, and the older tag',
      quick: true,
    },
    decision: 'Upright, with width and height swapped where they are.',
    trials: () => [
      upload(
        '32-quarter.mp4',
        clock((mp4) => setDisplayMatrix(mp4, [0, 1, -1, 0])),
        succeeds(time(90, 160)),
      ),
      upload(
        '32-half.mp4',
        clock((mp4) => setDisplayMatrix(mp4, [-1, 0, 0, -1])),
        succeeds(time(160, 90)),
      ),
      upload(
        '32-three.mp4',
        clock((mp4) => setDisplayMatrix(mp4, [0, -1, 1, 0])),
        succeeds(time(90, 160)),
      ),
      upload('32-corner.mp4', corner, succeeds({ sizePx: [90, 160] })),
    ],
  }),
  caseOf({
    ...{ number: 33, title: 'pixels of 4:3', made: 'setsar=4/3', quick: true },
    decision: 'Pixels are made square by changing the width.',
    trials: () => [
      upload('33-sar.mp4', clock(undefined, { filter: 'setsar=4/3' }), succeeds(time(213, 90))),
      upload('33-sar.avi', clockIn(['-c:v', 'mpeg4', '-q:v', '2'], { filter: 'setsar=1/2' }), succeeds({ clock: {} })),
    ],
  }),
]

/** Turned by a quarter although its sound and picture say nothing else of it. */
async function corner(path: string): Promise<void> {
  await made(...testPicture('160x90', 2), ...quickH264)(path)
  await writeFile(path, setDisplayMatrix(await readFile(path), [0, 1, -1, 0]))
}
