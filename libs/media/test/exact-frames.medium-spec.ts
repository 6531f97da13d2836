import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { FfmpegFrameGrabber, FfmpegMediaProber } from '@libs/media'
import type { MediaInfo } from '@libs/tasks'
import { aGrab, h264, makeLumaClock, readClock, testMediaTools } from '@libs/testing'

const run = promisify(execFile)
const tools = testMediaTools()
const { signal } = new AbortController()
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exact-frames-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Case {
  readonly name: string
  make(path: string): Promise<void>
  readonly extension: string
  readonly durationMs: number
  readonly startMs?: number
  /** Asked time in ms → the second that must be seen. */
  readonly shows: readonly (readonly [number, number])[]
}

/** Every part of a plain clock of twelve seconds, both sides of a second's border, out of order, with a repeat. */
const plain = [
  [11_960, 11],
  [0, 0],
  [999, 0],
  [1000, 1],
  [1001, 1],
  [6500, 6],
  [6999, 6],
  [1000, 1],
  [9999, 9],
  [10_000, 10],
  [12_000, 11],
] as const

const clip = (encoding?: readonly string[], filter?: string) => (path: string) =>
  makeLumaClock({ path, seconds: 12, ...(encoding && { encoding }), ...(filter && { filter }) })

/** Turns the picture 90° clockwise in the track header, as a telephone does. */
async function turnTrack(path: string): Promise<void> {
  const bytes = await readFile(path)
  const matrix = bytes.indexOf('tkhd') + 4 + 40
  const turned = [0, 0x10000, 0, -0x10000, 0, 0, 90 << 16, 0, 0x40000000]
  turned.forEach((value, index) => bytes.writeInt32BE(value, matrix + index * 4))
  await writeFile(path, bytes)
}

const cases: readonly Case[] = [
  { name: 'closed groups', extension: 'mp4', make: clip(), durationMs: 12_000, shows: plain },
  {
    name: 'open groups',
    extension: 'mp4',
    make: clip(h264({ gopFrames: 30, params: 'open-gop=1' })),
    durationMs: 12_000,
    shows: plain,
  },
  { name: 'one keyframe', extension: 'mkv', make: clip(h264({ gopFrames: 999 })), durationMs: 12_000, shows: plain },
  {
    name: 'fragments',
    extension: 'mp4',
    make: clip([...h264({ gopFrames: 25 }), '-movflags', '+frag_keyframe+empty_moov']),
    durationMs: 12_000,
    shows: plain,
  },
  {
    name: 'HEVC with open groups',
    extension: 'mp4',
    make: clip([
      '-c:v',
      'libx265',
      '-preset',
      'ultrafast',
      '-crf',
      '10',
      '-g',
      '40',
      '-x265-params',
      'open-gop=1:bframes=3:log-level=1',
    ]),
    durationMs: 12_000,
    shows: plain,
  },
  {
    name: 'VP8',
    extension: 'webm',
    make: clip(['-c:v', 'libvpx', '-b:v', '1M', '-g', '60', '-deadline', 'realtime', '-cpu-used', '4']),
    durationMs: 12_000,
    shows: plain,
  },
  {
    name: 'MPEG-2 program stream',
    extension: 'mpg',
    make: clip(['-c:v', 'mpeg2video', '-q:v', '2', '-bf', '2', '-g', '12']),
    durationMs: 12_000,
    startMs: 540,
    shows: plain,
  },
  {
    name: 'AVI with B-frames, which says no presentation times',
    extension: 'avi',
    make: clip(['-c:v', 'mpeg4', '-q:v', '2', '-bf', '2', '-g', '25']),
    durationMs: 12_000,
    shows: plain,
  },
  {
    name: 'a transport stream that starts after an hour',
    extension: 'ts',
    make: clip([...h264({ gopFrames: 50 }), '-output_ts_offset', '3600', '-muxdelay', '0', '-muxpreload', '0']),
    durationMs: 12_000,
    startMs: 3_600_000,
    shows: plain,
  },
  {
    name: 'variable frame rate with a gap',
    extension: 'mp4',
    make: clip([...h264({ gopFrames: 25 }), '-fps_mode', 'vfr'], "select='not(between(t,2.99,4.99))'"),
    durationMs: 12_000,
    shows: [
      [0, 0],
      [2960, 2],
      [3000, 2],
      [4900, 2],
      [5000, 5],
      [11_999, 11],
    ],
  },
  {
    name: 'one frame',
    extension: 'mp4',
    make: (path) => makeLumaClock({ path, seconds: 0.04 }),
    durationMs: 40,
    shows: [
      [0, 0],
      [40, 0],
      [20, 0],
    ],
  },
  {
    name: 'an edit list',
    extension: 'mp4',
    make: async (path) => {
      const whole = `${path}.whole.mp4`
      await clip(h264({ gopFrames: 100 }))(whole)
      await run(tools.ffmpegPath, ['-v', 'error', '-ss', '2.3', '-i', whole, '-c', 'copy', path])
    },
    durationMs: 9700,
    shows: [
      [0, 2],
      [600, 2],
      [800, 3],
      [7800, 10],
      [9700, 11],
    ],
  },
]

async function seen(path: string, media: MediaInfo, atMs: readonly number[]): Promise<readonly number[]> {
  const grabber = new FfmpegFrameGrabber(tools)
  const geometry = { widthPx: 80, heightPx: 46, fill: 'black' } as const
  const frames = await grabber.grab(aGrab({ path, media, atMs, geometry, format: 'jpg', folder }), signal)
  expect(frames.map((frame) => frame.atMs)).toEqual(atMs)
  for (const { atMs: asked, ptsMs } of frames) expect(ptsMs).toBeLessThanOrEqual(asked + 0.001)
  return Promise.all(frames.map((frame) => readClock(frame.path)))
}

describe.each(cases)('the picture at t with $name', ({ name, make, extension, durationMs, startMs, shows }) => {
  it('is the frame on screen at t', async () => {
    const path = join(folder, `${name.replaceAll(' ', '-')}.${extension}`)
    await make(path)
    const media = await new FfmpegMediaProber(tools).probe(path, signal)
    const asked = shows.map(([atMs]) => atMs)
    expect(Math.abs(media.durationMs - durationMs)).toBeLessThanOrEqual(100)
    if (startMs !== undefined) expect(media.startMs).toBeCloseTo(startMs, -2)
    expect(await seen(path, media, asked)).toEqual(shows.map(([, second]) => second))
    // A file this large would be read only around the asked times.
    expect(await seen(path, { ...media, sizeBytes: 1e12 }, asked)).toEqual(shows.map(([, second]) => second))
  })
})

describe('the picture as a player shows it', () => {
  it('is upright', async () => {
    const path = join(folder, 'turned.mp4')
    await makeLumaClock({ path, seconds: 2, filter: 'drawbox=x=0:y=0:w=iw:h=20:color=black:t=fill' })
    await turnTrack(path)
    const media = await new FfmpegMediaProber(tools).probe(path, signal)
    expect(media).toMatchObject({ displayWidthPx: 90, displayHeightPx: 160 })
    expect(media.videoStreams[0]).toMatchObject({ widthPx: 160, heightPx: 90, rotationDegrees: 90 })
    const geometry = { widthPx: 90, heightPx: 160, fill: 'black' } as const
    const [frame] = await new FfmpegFrameGrabber(tools).grab(
      aGrab({ path, media, atMs: [1500], geometry, format: 'png', folder }),
      signal,
    )
    // What was the top is now at the right.
    expect(await readClock(frame?.path ?? '', { leftPx: 0, topPx: 0, widthPx: 40, heightPx: 160 })).toBe(1)
    await expect(readClock(frame?.path ?? '', { leftPx: 74, topPx: 0, widthPx: 12, heightPx: 160 })).rejects.toThrow(
      'shows no time',
    )
  })

  it('has square pixels', async () => {
    const path = join(folder, 'wide-pixels.mp4')
    await makeLumaClock({ path, seconds: 2, filter: 'setsar=4/3' })
    const media = await new FfmpegMediaProber(tools).probe(path, signal)
    expect(media).toMatchObject({ displayWidthPx: 213, displayHeightPx: 90 })
  })
})
