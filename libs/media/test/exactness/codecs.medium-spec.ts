import { exactFramesContract, makeFrameClock } from '@libs/testing'
import type { ExactnessCase } from '@libs/testing'

function coded(
  name: string,
  extension: string,
  output: readonly string[],
  given: Partial<ExactnessCase> & { readonly frames?: number } = {},
): ExactnessCase {
  const encoder = output[output.indexOf('-c:v') + 1] ?? ''
  const { frames = 100, ...rest } = given
  return { name, extension, needs: [encoder], make: (path) => makeFrameClock({ path, frames, output }), ...rest }
}

function x264(params: string, gopFrames = 25): readonly string[] {
  const speed = ['-preset', 'veryfast', '-crf', '12', '-g', String(gopFrames), '-bf', '3']
  return ['-c:v', 'libx264', ...speed, '-x264-params', `scenecut=0:${params}`]
}

function x265(params: string, pixelFormat = 'yuv420p'): readonly string[] {
  const speed = ['-preset', 'ultrafast', '-crf', '12', '-pix_fmt', pixelFormat]
  return [
    '-c:v',
    'libx265',
    ...speed,
    '-x265-params',
    `log-level=1:keyint=25:min-keyint=25:scenecut=0:bframes=4:${params}`,
  ]
}

const good = ['-q:v', '2'] as const

describe('H.264', () => {
  exactFramesContract([
    coded('closed groups', 'mp4', x264('open-gop=0')),
    coded('open groups', 'mp4', x264('open-gop=1')),
    coded('open groups without an index of their own', 'ts', x264('open-gop=1')),
    coded('a pyramid of B-frames', 'mp4', [...x264('b-pyramid=normal:b-adapt=0:ref=4'), '-bf', '7']),
    coded('a strict pyramid in open groups', 'mkv', [...x264('b-pyramid=strict:b-adapt=0:open-gop=1'), '-bf', '5']),
    coded('long groups', 'mp4', x264('open-gop=0', 90), { frames: 250 }),
    coded('one keyframe', 'mp4', x264('open-gop=0', 9999), { frames: 200 }),
    coded('no B-frames', 'mp4', [...x264('ref=1'), '-bf', '0']),
    coded('keyframes alone', 'mp4', x264('keyint=1')),
    coded('refreshed column by column instead of by keyframes', 'mp4', x264('intra-refresh=1')),
    coded('several slices a picture', 'mp4', x264('slices=4')),
    coded('10 bits', 'mp4', [...x264('open-gop=1'), '-pix_fmt', 'yuv420p10le']),
    coded('full colour, lossless', 'mp4', [...x264('qp=0'), '-pix_fmt', 'yuv444p']),
  ])
})

describe('HEVC', () => {
  exactFramesContract([
    coded('closed groups', 'mp4', x265('open-gop=0')),
    coded('open groups', 'mp4', x265('open-gop=1:b-pyramid=1')),
    coded('open groups, 10 bits', 'mp4', x265('open-gop=1:b-pyramid=1', 'yuv420p10le')),
    coded('closed groups, 10 bits', 'mkv', x265('open-gop=0', 'yuv420p10le')),
    coded('closed groups with decodable leading pictures', 'ts', x265('open-gop=0:radl=2')),
    coded('temporal layers', 'mp4', x265('temporal-layers=3:b-adapt=0:open-gop=0')),
    coded('parameter sets in the stream', 'mp4', [...x265('repeat-headers=1'), '-tag:v', 'hev1']),
    coded('open groups without an index of their own', 'ts', x265('open-gop=1'), { frames: 250 }),
  ])
})

const vpx = ['-deadline', 'realtime', '-cpu-used', '8', '-b:v', '2M', '-g', '30'] as const
const hidden = ['-auto-alt-ref', '1', '-lag-in-frames', '16', '-deadline', 'good', '-cpu-used', '5'] as const

describe('VP8, VP9 and AV1', () => {
  exactFramesContract([
    coded('VP8', 'webm', ['-c:v', 'libvpx', ...vpx]),
    coded('VP8 with hidden reference frames', 'webm', ['-c:v', 'libvpx', ...vpx, ...hidden, '-arnr-maxframes', '7']),
    coded('VP9', 'webm', ['-c:v', 'libvpx-vp9', ...vpx]),
    coded('VP9 with superframes', 'mkv', ['-c:v', 'libvpx-vp9', ...vpx, ...hidden]),
    coded('VP9 in mp4', 'mp4', ['-c:v', 'libvpx-vp9', ...vpx, ...hidden]),
    coded('VP9 of 10 bits', 'webm', ['-c:v', 'libvpx-vp9', ...vpx, '-pix_fmt', 'yuv420p10le']),
    coded('AV1 of SVT', 'mp4', ['-c:v', 'libsvtav1', '-preset', '12', '-crf', '20', '-g', '30'], { frames: 80 }),
    coded(
      'AV1 of libaom',
      'webm',
      ['-c:v', 'libaom-av1', '-usage', 'realtime', '-cpu-used', '8', '-crf', '20', '-g', '30'],
      { frames: 60 },
    ),
  ])
})

describe('MPEG and its kin', () => {
  exactFramesContract([
    coded('MPEG-1', 'mpg', ['-c:v', 'mpeg1video', ...good, '-bf', '2', '-g', '12']),
    coded('MPEG-2 with open groups', 'mpg', ['-c:v', 'mpeg2video', ...good, '-bf', '2', '-g', '12']),
    coded('MPEG-2 with closed groups', 'ts', [
      '-c:v',
      'mpeg2video',
      ...good,
      '-bf',
      '2',
      '-g',
      '12',
      '-flags',
      '+cgop',
      '-sc_threshold',
      '1000000000',
    ]),
    coded('MPEG-4 part 2 with B-frames', 'mp4', ['-c:v', 'mpeg4', ...good, '-bf', '2', '-g', '25']),
    coded('MPEG-4 part 2 with quarter pixels', 'mkv', ['-c:v', 'mpeg4', ...good, '-flags', '+qpel', '-g', '25']),
    coded('MPEG-4 part 2 of Xvid, packed', 'avi', ['-c:v', 'libxvid', ...good, '-bf', '2', '-g', '25']),
    coded('H.263', '3gp', ['-c:v', 'h263', ...good], {
      widthPx: 176,
      heightPx: 144,
      make: (path) =>
        makeFrameClock({
          path,
          frames: 60,
          widthPx: 176,
          heightPx: 144,
          rate: '30000/1001',
          output: ['-c:v', 'h263', ...good, '-g', '20'],
        }),
    }),
    coded('MS-MPEG-4', 'avi', ['-c:v', 'msmpeg4', ...good, '-g', '25']),
    coded('WMV 2', 'asf', ['-c:v', 'wmv2', ...good, '-g', '25']),
    coded('Sorenson', 'flv', ['-c:v', 'flv', ...good, '-g', '25']),
    coded('Theora', 'ogv', ['-c:v', 'libtheora', '-q:v', '9', '-g', '25']),
  ])
})

describe('codecs of keyframes alone', () => {
  exactFramesContract([
    coded('MJPEG', 'avi', ['-c:v', 'mjpeg', ...good]),
    coded('MJPEG in mov', 'mov', ['-c:v', 'mjpeg', ...good]),
    coded('ProRes', 'mov', ['-c:v', 'prores_ks', '-profile:v', 'standard'], { frames: 50 }),
    coded('DNxHR', 'mov', ['-c:v', 'dnxhd', '-profile:v', 'dnxhr_lb', '-pix_fmt', 'yuv422p', '-vf', 'scale=256:144'], {
      frames: 40,
      widthPx: 256,
      heightPx: 144,
    }),
    coded('FFV1', 'mkv', ['-c:v', 'ffv1'], { frames: 50 }),
    coded('HuffYUV', 'avi', ['-c:v', 'ffvhuff'], { frames: 50 }),
    coded('Ut Video', 'mkv', ['-c:v', 'utvideo'], { frames: 50 }),
    coded('raw', 'avi', ['-c:v', 'rawvideo'], { frames: 50 }),
    coded('PNG', 'mov', ['-c:v', 'png'], { frames: 50 }),
    coded('an animated GIF', 'gif', ['-c:v', 'gif'], { frames: 50 }),
    coded('DV', 'avi', ['-c:v', 'dvvideo', '-pix_fmt', 'yuv420p', '-vf', 'scale=720:576'], {
      frames: 12,
      widthPx: 720,
      heightPx: 576,
    }),
  ])
})
