import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { FfmpegFrameGrabber, FfmpegMediaProber } from '@libs/media'
import type { CaptureAccount, MediaInfo } from '@libs/tasks'
import { aGrab, h264, makeFrameClock, makeLumaClock, readClock, readFrameNumber, testMediaTools } from '@libs/testing'
import { MemoryFile } from './matroska-bytes'

const run = promisify(execFile)
const tools = testMediaTools()
const { signal } = new AbortController()
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matroska-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const probe = (path: string): Promise<MediaInfo> => new FfmpegMediaProber(tools).probe(path, signal)

const x265 = (params: string) => ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', `${params}:log-level=1`]
const vpx = ['-deadline', 'realtime', '-cpu-used', '8', '-b:v', '2M', '-g', '30'] as const
const hidden = ['-auto-alt-ref', '1', '-lag-in-frames', '16', '-deadline', 'good', '-cpu-used', '5'] as const
const vp9 = ['-c:v', 'libvpx-vp9', ...vpx] as const
const tone = ['-f', 'lavfi', '-i', 'sine=d=8'] as const

const clips: Readonly<Record<string, readonly [extension: string, output: readonly string[], sound?: boolean]>> = {
  VP8: ['webm', ['-c:v', 'libvpx', ...vpx]],
  'VP8 with hidden frames': ['webm', ['-c:v', 'libvpx', ...vpx, ...hidden, '-arnr-maxframes', '7']],
  VP9: ['webm', vp9],
  'VP9 with superframes': ['webm', [...vp9, ...hidden]],
  'VP9 of 10 bits': ['webm', [...vp9, '-pix_fmt', 'yuv420p10le']],
  AV1: ['webm', ['-c:v', 'libsvtav1', '-preset', '12', '-crf', '20', '-g', '30']],
  'H.264 in closed groups': ['mkv', h264({ gopFrames: 25 })],
  'H.264 in open groups': ['mkv', h264({ gopFrames: 30, params: 'open-gop=1' })],
  'H.264 of one keyframe': ['mkv', h264({ gopFrames: 999 })],
  'HEVC in closed groups': ['mkv', x265('open-gop=0:bframes=4:keyint=40')],
  'HEVC in open groups': ['mkv', x265('open-gop=1:bframes=4:keyint=40')],
  'the index in front': ['webm', [...vp9, '-cues_to_front', '1']],
  'no index, and clusters that do not say where they end': ['mkv', [...h264({ gopFrames: 25 }), '-live', '1']],
  'clusters of some frames each': ['mkv', [...h264({ gopFrames: 50 }), '-cluster_time_limit', '200']],
  'sound between the frames': ['mkv', [...h264({ gopFrames: 50 }), '-c:a', 'aac'], true],
  'the film as its second track': [
    'mkv',
    [...h264({ gopFrames: 50 }), '-c:a', 'aac', '-map', '1:a', '-map', '0:v'],
    true,
  ],
}

it.each(Object.entries(clips))('gives all its frames from ranges: %s', async (name, [extension, output, sound]) => {
  const path = join(folder, `${name}.${extension}`)
  await makeFrameClock({ path, frames: 200, ...(sound && { inputs: tone }), output })
  const media = await probe(path)
  for (const frames of [
    [199, 0, 1, 28, 29, 30, 31, 61, 98, 99, 100, 101, 119, 150, 187],
    [133, 61],
  ]) {
    const accounts: CaptureAccount[] = []
    const onCaptured = (account: CaptureAccount): void => void accounts.push(account)
    const request = aGrab({ path, media, atMs: frames.map((frame) => frame * 40 + 21), folder, format: 'png' })
    const grabber = new FfmpegFrameGrabber(tools)
    const taken = await grabber.grab({ ...request, source: new MemoryFile(await readFile(path)), onCaptured }, signal)
    expect(await Promise.all(taken.map((picture) => readFrameNumber(picture.path)))).toEqual(frames)
    expect(taken.map(({ ptsMs }) => Math.round(ptsMs / 40))).toEqual(frames)
    expect(accounts).toMatchObject([{ strategy: 'excerpt', pictures: frames.length }])
  }
})

it('reads little more than one group of pictures for one still, and the head once for all sheets of a sprite', async () => {
  const minute = join(folder, 'minute.mkv')
  await makeLumaClock({ path: minute, seconds: 60, widthPx: 320, heightPx: 180, filter: 'noise=alls=20' })
  const path = join(folder, 'long.mkv')
  await run(tools.ffmpegPath, ['-v', 'error', '-stream_loop', '19', '-i', minute, '-c', 'copy', path])
  const [media, source] = [await probe(path), new MemoryFile(await readFile(path))]
  const grabber = new FfmpegFrameGrabber(tools)
  const second = async (atMs: number): Promise<number> => {
    const [picture] = await grabber.grab({ ...aGrab({ path, media, atMs: [atMs], folder }), source }, signal)
    return readClock(picture?.path ?? '')
  }
  expect(await second(media.durationMs / 2 + 33_500)).toBe(33)
  expect(source.readBytes).toBeLessThan(0.02 * source.sizeBytes)
  source.reads.length = 0
  expect(await second(media.durationMs * 0.7 + 18_500)).toBe(18)
  expect(source.reads.filter(({ position }) => position < 0.6 * source.sizeBytes)).toEqual([])
})
