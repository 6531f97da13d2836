import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { exactFramesContract, h264, makeFrameClock, testMediaTools } from '@libs/testing'
import type { ExactnessCase } from '@libs/testing'

const run = promisify(execFile)
const needs = ['libx264'] as const
const closed = h264({ gopFrames: 25 })
const passthrough = ['-fps_mode', 'passthrough', '-enc_time_base', '1:90000'] as const
const vpx = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '2M', '-g', '30'] as const

function timed(name: string, extension: string, rate: string, output: readonly string[], frames = 100): ExactnessCase {
  return { name, extension, needs, make: (path) => makeFrameClock({ path, frames, rate, output }) }
}

describe('rates', () => {
  exactFramesContract([
    timed('30000/1001 in mp4', 'mp4', '30000/1001', closed),
    timed('30000/1001 in Matroska, whose clock counts milliseconds', 'mkv', '30000/1001', closed),
    timed('30000/1001 in a transport stream', 'ts', '30000/1001', closed),
    timed('24000/1001 in mov', 'mov', '24000/1001', closed),
    timed('24000/1001 in FLV', 'flv', '24000/1001', closed),
    timed('60000/1001 in mp4', 'mp4', '60000/1001', closed, 150),
    timed('120 in mp4', 'mp4', '120', closed, 200),
    timed('1000 in Matroska, a frame for each millisecond of its clock', 'mkv', '1000', closed),
    timed('a frame a tick in mp4', 'mp4', '500', [...closed, '-video_track_timescale', '500']),
    timed('one frame a second', 'mp4', '1', h264({ gopFrames: 4 }), 12),
    timed('a frame every ten seconds', 'mkv', '1/10', h264({ gopFrames: 4 }), 12),
  ])
})

/** Frame distances of 20 to 140 ms. */
const uneven = ['-vf', "settb=1/90000,setpts='if(eq(N,0),0,PREV_OUTPTS+90*(20+40*mod(N,4)))'", ...passthrough]
const gap = ['-vf', "settb=1/90000,setpts='3600*N+gte(N,30)*630000'", ...passthrough]

describe('variable frame rate', () => {
  exactFramesContract([
    timed('uneven distances in mp4', 'mp4', '25', [...uneven, ...closed]),
    timed('uneven distances in Matroska', 'mkv', '25', [...uneven, ...closed]),
    { ...timed('uneven distances in WebM', 'webm', '25', [...uneven, ...vpx]), needs: ['libvpx-vp9'] },
    timed('uneven distances in a transport stream', 'ts', '25', [...uneven, ...closed]),
    timed('a frame that stands for seven seconds', 'mp4', '25', [...gap, ...closed]),
    timed('a frame that stands for seven seconds in fragments', 'mp4', '25', [
      ...[...gap, ...closed],
      ...['-movflags', '+frag_keyframe+empty_moov'],
    ]),
    timed('a frame that stands for seven seconds in Matroska', 'mkv', '25', [...gap, ...closed]),
  ])
})

describe('the shortest clips', () => {
  exactFramesContract([
    ...[1, 2].flatMap((frames) =>
      ['mp4', 'mkv', 'ts', 'flv'].map((extension) =>
        timed(`${frames} of H.264 in ${extension}`, extension, '25', closed, frames),
      ),
    ),
    // Not 1 or 2 with B-frames: the decoder holds all of so short a film at its end, AVI gives none of it a time, and
    // releases of ffmpeg count them differently.
    timed('1 of H.264 without B-frames in avi', 'avi', '25', [...closed, '-bf', '0'], 1),
    timed('3 of H.264 with B-frames in avi', 'avi', '25', closed, 3),
    { ...timed('1 of VP9', 'webm', '25', vpx, 1), needs: ['libvpx-vp9'] },
    { ...timed('2 of MPEG-2', 'mpg', '25', ['-c:v', 'mpeg2video', '-bf', '2', '-q:v', '2'], 2), needs: ['mpeg2video'] },
    { ...timed('1 of MJPEG', 'mov', '25', ['-c:v', 'mjpeg', '-q:v', '2'], 1), needs: ['mjpeg'] },
  ])
})

/** Moves a finished clip on its clock without coding it again. */
function moved(name: string, extension: string, args: readonly string[]): ExactnessCase {
  const make = async (path: string) => {
    const whole = `${path}.whole.mkv`
    await makeFrameClock({ path: whole, frames: 100, output: closed })
    const { ffmpegPath } = testMediaTools()
    await run(ffmpegPath, ['-v', 'error', '-y', '-copyts', '-i', whole, '-c', 'copy', ...args, path])
  }
  return { name, extension, needs, make }
}

describe('clocks that do not start at 0', () => {
  const shift = (seconds: number) => ['-output_ts_offset', String(seconds), '-avoid_negative_ts', 'disabled']
  exactFramesContract([
    moved('before 0 in mp4', 'mp4', shift(-1.5)),
    moved('before 0 in a transport stream', 'ts', shift(-1.5)),
    moved('after 0 in mp4', 'mp4', shift(5.3)),
    moved('after 0 in Matroska', 'mkv', shift(5.3)),
    moved('after 0 in FLV', 'flv', shift(5.3)),
    moved('after 0 in fragments', 'mp4', [...shift(5.3), '-movflags', '+frag_keyframe+empty_moov']),
  ])
})
