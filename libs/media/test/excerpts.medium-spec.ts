import { execFile } from 'node:child_process'
import { statSync } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { AppError } from '@libs/kernel'
import { FfmpegFrameGrabber, FfmpegMediaProber } from '@libs/media'
import { SourceFile } from '@libs/tasks'
import type { CaptureAccount, MediaInfo } from '@libs/tasks'
import { aGrab, h264, makeLumaClock, readClock, testMediaTools } from '@libs/testing'

const run = promisify(execFile)
const tools = testMediaTools()
const { signal } = new AbortController()
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'excerpts-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A file that can be read in ranges alone, and counts them: whatever is not in an excerpt cannot be had. */
class RangesAlone extends SourceFile {
  override readonly isRemote = true
  override readonly sizeBytes: number
  readBytes = 0

  constructor(private readonly path: string) {
    super()
    this.sizeBytes = statSync(path).size
  }

  override async read(positionBytes: number, lengthBytes: number): Promise<Buffer> {
    const handle = await open(this.path)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(lengthBytes), 0, lengthBytes, positionBytes)
      this.readBytes += bytesRead
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  }

  override assertUnchanged(): Promise<void> {
    return Promise.resolve()
  }

  override async localPath(): Promise<string> {
    throw new AppError('internal', 'The whole file was asked for.')
  }
}

async function take(path: string, media: MediaInfo, atMs: readonly number[], accuracy: 'exact' | 'keyframe' = 'exact') {
  const source = new RangesAlone(path)
  const accounts: CaptureAccount[] = []
  const request = { ...aGrab({ path, media, atMs, folder, accuracy }), source }
  const onCaptured = (account: CaptureAccount): void => void accounts.push(account)
  const frames = await new FfmpegFrameGrabber(tools).grab({ ...request, onCaptured }, signal)
  const seconds = await Promise.all(frames.map((frame) => readClock(frame.path)))
  return { seconds, ptsMs: frames.map(({ ptsMs }) => ptsMs), readBytes: source.readBytes, accounts }
}

const x265 = (params: string) => ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', `${params}:log-level=1`]
const encodings: Readonly<Record<string, readonly string[]>> = {
  'H.264 in closed groups': h264({ gopFrames: 25 }),
  'H.264 in open groups': h264({ gopFrames: 30, params: 'open-gop=1' }),
  'H.264 of one keyframe': h264({ gopFrames: 999 }),
  'H.264 that says nothing of reordering': [...h264({ gopFrames: 25 }), '-bsf:v', 'h264_metadata=level=1.3'],
  'HEVC in open groups': x265('open-gop=1:bframes=4:keyint=40'),
  'HEVC in temporal layers': x265('temporal-layers=2:bframes=4:b-pyramid=1:keyint=40'),
  'MPEG-4 part 2': ['-c:v', 'mpeg4', '-q:v', '2', '-bf', '2', '-g', '25'],
  VP9: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-g', '50', '-b:v', '1M'],
  'a QuickTime file with sound between': [...h264({ gopFrames: 25 }), '-f', 'mov'],
}

it.each(Object.entries(encodings))('an MP4 of %s gives all its frames from ranges', async (name, encoding) => {
  const path = join(folder, `${name}.mp4`)
  await makeLumaClock({ path, seconds: 12, encoding, sound: name.includes('sound') })
  const media = await new FfmpegMediaProber(tools).probe(path, signal)
  const atMs = [11_999, 0, 40, 1960, 2000, 3120, 4999, 5000, 7000, 7480, 10_960]
  const { seconds, accounts } = await take(path, media, atMs)
  expect(seconds).toEqual(atMs.map((ms) => Math.floor(ms / 1000)))
  expect(accounts).toMatchObject([{ strategy: 'excerpt', pictures: atMs.length }])
})

it('shows the keyframe at or before a time when that is asked for, and says when it is from', async () => {
  const path = join(folder, 'keyframes.mp4')
  await makeLumaClock({ path, seconds: 12, encoding: h264({ gopFrames: 50 }) })
  const media = await new FfmpegMediaProber(tools).probe(path, signal)
  const { seconds, ptsMs, accounts } = await take(path, media, [0, 1999, 2000, 5500, 12_000], 'keyframe')
  expect(ptsMs).toEqual([0, 0, 2000, 4000, 10_000])
  expect(seconds).toEqual([0, 0, 2, 4, 10])
  expect(accounts).toMatchObject([{ frames: 4, pictures: 4 }])
})

it.each([
  ['at the start', ['-movflags', '+faststart']],
  ['at the end', []],
] as const)('reads little more than the index %s and one group of pictures for one still', async (name, flags) => {
  const second = join(folder, `part ${name}.mp4`)
  await makeLumaClock({ path: second, seconds: 60, widthPx: 320, heightPx: 180, filter: 'noise=alls=20' })
  const path = join(folder, `long ${name}.mp4`)
  await run(tools.ffmpegPath, ['-v', 'error', '-stream_loop', '19', '-i', second, '-c', 'copy', ...flags, path])
  const media = await new FfmpegMediaProber(tools).probe(path, signal)
  const { seconds, readBytes } = await take(path, media, [media.durationMs / 2 + 33_500])
  expect(seconds).toEqual([33])
  expect(readBytes).toBeLessThan(0.02 * statSync(path).size)
})
