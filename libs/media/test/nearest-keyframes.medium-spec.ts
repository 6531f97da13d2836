import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FfmpegFrameGrabber, FfmpegMediaProber } from '@libs/media'
import { aGrab, h264, makeLumaClock, readClock, testMediaTools } from '@libs/testing'

const tools = testMediaTools()
const { signal } = new AbortController()
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nearest-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Matroska's own tables tell of stretches alone, MP4's of all; the others are listed. */
it.each(['mkv', 'mp4', 'ts', 'flv'])(
  'the nearest keyframe is found on either side of a time, in %s',
  async (extension) => {
    const path = join(folder, `clock.${extension}`)
    await makeLumaClock({ path, seconds: 11, encoding: h264({ gopFrames: 100 }) })
    const media = await new FfmpegMediaProber(tools).probe(path, signal)
    const atMs = [1900, 2100, 5900, 6100, 10_900, 0]
    const request = aGrab({ path, media, atMs, folder, accuracy: 'nearestKeyframe' })
    const frames = await new FfmpegFrameGrabber(tools).grab(request, signal)
    expect(frames.map(({ ptsMs }) => Math.round(ptsMs))).toEqual([0, 4000, 4000, 8000, 8000, 0])
    expect(await Promise.all(frames.map((frame) => readClock(frame.path)))).toEqual([0, 4, 4, 8, 8, 0])
  },
)
