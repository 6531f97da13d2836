import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { h264, makeLumaClock, readClock, testMediaTools } from '@libs/testing'
import { FrameCapturer } from '../src/ffmpeg/capture/frame-capturer'
import { planGroups } from '../src/planning/plan-runs'
import type { FrameIndex } from '../src/timeline/frame-index'

const tools = testMediaTools()
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hidden-frames-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Some packets show nothing, such as the second field of a picture; here the index announces them itself. */
it('keeps the frame before on screen where a packet shows nothing', async () => {
  const path = join(folder, 'clock.mp4')
  await makeLumaClock({ path, seconds: 6, encoding: [...h264({ gopFrames: 50 }), '-video_track_timescale', '25000'] })
  const frames = Array.from({ length: 150 }, (_, frame) => frame * 1000)
  const index: FrameIndex = {
    whole: true,
    doubtfulTicks: new Set(),
    timeBase: { numerator: 1, denominator: 25_000 },
    startMs: 0,
    shownTicks: Float64Array.from(frames.flatMap((ticks) => [ticks, ticks + 500])),
    keyframeTicks: Float64Array.from(frames.filter((ticks) => ticks % 50_000 === 0)),
  }
  const style = {
    pictureFilter: 'scale=80:46',
    format: 'jpg',
    encoderArgs: ['-c:v', 'mjpeg', '-q:v', '2'],
    folder,
  } as const
  const capturer = new FrameCapturer(tools, { path, index: 0 }, style, index, new AbortController().signal)
  const runs = planGroups([500, 49_500, 50_500, 100_000, 149_500], index)
  const shown = await capturer.capture(runs, 160 * 90, 2)
  expect([...shown]).toEqual([
    [500, 0],
    [49_500, 49_000],
    [50_500, 50_000],
    [100_000, 100_000],
    [149_500, 149_000],
  ])
  const seconds = await Promise.all([...shown.values()].map((ticks) => readClock(join(folder, `${ticks}.jpg`))))
  expect(seconds).toEqual([0, 1, 2, 4, 5])
})
