import { h264 } from '@libs/testing'
import { caseOf } from '../case'
import { clockIn, made } from '../inputs/make'
import { succeeds } from '../judging/expectations'
import { upload } from '../judging/trials'

const time = { clock: {}, sizePx: [160, 90] } as const
const fields = { clock: {}, sizePx: [160, 96] } as const
const colour = (name: string) => ['-f', 'lavfi', '-i', `color=${name}:s=160x90:r=5:d=2`] as const
const clear = (alpha: string, format: string) =>
  ['-f', 'lavfi', '-i', `color=red@${alpha}:s=160x90:r=5:d=2,format=${format}`] as const
const hdr = (transfer: string) =>
  [
    ...['-vf', 'format=yuv420p10le', '-c:v', 'libx265', '-preset', 'ultrafast'],
    ...['-color_primaries', 'bt2020', '-color_trc', transfer, '-colorspace', 'bt2020nc'],
    ...['-x265-params', `log-level=none:colorprim=bt2020:transfer=${transfer}:colormatrix=bt2020nc`],
  ] as const

/** Ways to store a pixel: 34 to 38. */
export const colours = [
  caseOf({
    ...{ number: 34, title: 'interlaced, top and bottom field first', made: 'interlace filter' },
    decision: 'Deinterlaced where the stream says that it is interlaced.',
    trials: () => [
      upload(
        '34-tff.mp4',
        clockIn([...h264({ gopFrames: 25, params: 'tff=1' }), '-flags', '+ildct+ilme'], { heightPx: 96 }),
        succeeds(fields),
      ),
      upload(
        '34-bff.mp4',
        clockIn([...h264({ gopFrames: 25, params: 'bff=1' }), '-flags', '+ildct+ilme'], { heightPx: 96 }),
        succeeds(fields),
      ),
    ],
  }),
  caseOf({
    ...{ number: 35, title: 'HDR10 PQ and HLG', made: '10-bit HEVC of BT.2020' },
    decision: 'Brought into sRGB: white stays bright, black stays black (ADR 17).',
    trials: () => [
      upload(
        '35-pq.mp4',
        made(...colour('black'), ...hdr('smpte2084')),
        succeeds({ colour: [0, 0, 0], sizePx: [160, 90] }),
      ),
      upload('35-hlg.mp4', made(...colour('white'), ...hdr('arib-std-b67')), succeeds({ colour: [255, 255, 255] })),
    ],
  }),
  caseOf({
    ...{ number: 36, title: 'ProRes of 10 and 12 bits', made: 'prores_ks' },
    trials: () => [
      upload(
        '36-422.mov',
        clockIn(['-c:v', 'prores_ks', '-profile:v', '3', '-pix_fmt', 'yuv422p10le']),
        succeeds(time),
      ),
      upload(
        '36-4444.mov',
        clockIn(['-c:v', 'prores_ks', '-profile:v', '4', '-pix_fmt', 'yuva444p10le']),
        succeeds(time),
      ),
    ],
  }),
  caseOf({
    ...{ number: 37, title: 'PNG of 16 bits a channel', made: 'rgb48 in Matroska', quick: true },
    trials: () => [
      upload(
        '37-deep.mkv',
        made(...colour('red'), '-c:v', 'png', '-pix_fmt', 'rgb48be'),
        succeeds({ colour: [255, 0, 0] }),
      ),
    ],
  }),
  caseOf({
    ...{ number: 38, title: 'alpha: QuickTime Animation and VP9', made: 'argb, yuva420p' },
    decision: 'What shows through is black.',
    trials: () => [
      upload(
        '38-clear.mov',
        made(...clear('0.0', 'argb'), '-c:v', 'qtrle', '-pix_fmt', 'argb'),
        succeeds({ colour: [0, 0, 0] }),
      ),
      upload(
        '38-solid.mov',
        made(...clear('1.0', 'argb'), '-c:v', 'qtrle', '-pix_fmt', 'argb'),
        succeeds({ colour: [254, 0, 0] }),
      ),
      upload(
        '38-clear.webm',
        made(...clear('0.0', 'yuva420p'), '-c:v', 'libvpx-vp9', '-pix_fmt', 'yuva420p', '-auto-alt-ref', '0'),
        succeeds({ colour: [0, 0, 0] }),
      ),
    ],
  }),
]
