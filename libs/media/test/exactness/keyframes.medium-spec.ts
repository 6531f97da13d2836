import { exactFramesContract, h264, makeFrameClock } from '@libs/testing'
import type { ExactnessCase } from '@libs/testing'

function coded(name: string, extension: string, output: readonly string[], needs: readonly string[]): ExactnessCase {
  return { name, extension, needs, make: (path) => makeFrameClock({ path, frames: 100, output }) }
}

const hevc = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=1:keyint=20:scenecut=0:open-gop=1']
const avi = ['-c:v', 'mpeg4', '-q:v', '2', '-bf', '2', '-g', '25']
const vp9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '2M', '-g', '30']

const plain = h264({ gopFrames: 25 })
const cases = [
  coded('of closed groups', 'mp4', plain, ['libx264']),
  coded('of open groups', 'mp4', h264({ gopFrames: 25, params: 'open-gop=1' }), ['libx264']),
  coded('of fragments', 'mp4', [...plain, '-movflags', '+frag_keyframe+empty_moov'], ['libx264']),
  coded('of Matroska', 'mkv', plain, ['libx264']),
  coded('of a transport stream', 'ts', plain, ['libx264']),
  coded('of HEVC with open groups', 'mp4', hevc, ['libx265']),
  coded('of VP9', 'webm', vp9, ['libvpx-vp9']),
  coded('of a film with one keyframe', 'mp4', h264({ gopFrames: 999 }), ['libx264']),
  coded('of keyframes alone', 'mov', ['-c:v', 'mjpeg', '-q:v', '2'], ['mjpeg']),
]

describe('the last keyframe by then', () => {
  exactFramesContract(cases, 'keyframe')
})

describe('the nearest keyframe, before or after', () => {
  exactFramesContract(cases, 'nearestKeyframe')
})

describe('where packets say no times, the frame on screen', () => {
  exactFramesContract([coded('of AVI with B-frames', 'avi', avi, ['mpeg4'])], 'exact')
})
