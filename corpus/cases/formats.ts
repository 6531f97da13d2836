import { h264 } from '@libs/testing'
import { caseOf } from '../case'
import { clockIn, quickH264 } from '../inputs/make'
import { fails, succeeds } from '../judging/expectations'
import { upload } from '../judging/trials'

const time = { clock: {}, sizePx: [160, 90] } as const
/** Coarse codecs shift the colours a little, but no second. */
const plain = h264({ gopFrames: 25 })
const fine = (codec: string) => ['-c:v', codec, '-q:v', '3'] as const

const clip = (name: string, encoding: readonly string[], looks: Parameters<typeof succeeds>[0] = time) =>
  upload(name, clockIn(encoding), succeeds(looks))

/** Containers and codecs that are taken: 47 to 49. */
export const formats = [
  caseOf({
    ...{ number: 47, title: 'raw .h264', made: 'no container at all' },
    decision: 'It has no timestamps and its kind is known by its name alone, so it is refused as no media.',
    trials: () => [
      upload('47-raw.h264', clockIn([...quickH264, '-f', 'h264']), fails(['media.notMedia', 'media.unsupported'])),
    ],
  }),
  caseOf({
    ...{ number: 48, title: 'flv, avi, wmv, gif, ts, mkv, webm', made: 'ffmpeg' },
    trials: () => [
      clip('48-clip.flv', plain),
      clip('48-clip.avi', ['-c:v', 'mpeg4', '-q:v', '2']),
      clip('48-clip.wmv', fine('wmv2')),
      clip('48-clip.gif', ['-r', '10'], { sizePx: [160, 90] }),
      clip('48-clip.ts', plain),
      clip('48-clip.mkv', plain),
      clip('48-clip.webm', ['-c:v', 'libvpx', '-b:v', '1M', '-g', '25', '-deadline', 'realtime']),
    ],
  }),
  caseOf({
    ...{ number: 49, title: 'AV1, VP8, VP9, MPEG-4 ASP, MJPEG, Theora, HEVC, MPEG-2', made: 'ffmpeg' },
    trials: () => [
      clip('49-av1.mp4', ['-c:v', 'libaom-av1', '-cpu-used', '8', '-crf', '20', '-g', '25', '-usage', 'realtime']),
      clip('49-vp8.webm', ['-c:v', 'libvpx', '-b:v', '1M', '-g', '25', '-deadline', 'realtime']),
      clip('49-vp9.webm', ['-c:v', 'libvpx-vp9', '-b:v', '1M', '-g', '25', '-deadline', 'realtime', '-cpu-used', '8']),
      clip('49-asp.avi', ['-c:v', 'mpeg4', '-q:v', '2', '-vtag', 'XVID']),
      clip('49-mjpeg.mov', fine('mjpeg')),
      clip('49-theora.ogv', ['-c:v', 'libtheora', '-q:v', '9']),
      clip('49-hevc.mp4', ['-c:v', 'libx265', '-preset', 'ultrafast', '-crf', '10', '-x265-params', 'log-level=none']),
      clip('49-mpeg2.mpg', ['-c:v', 'mpeg2video', '-q:v', '2']),
    ],
  }),
]
