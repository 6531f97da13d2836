import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { FfmpegFrameGrabber, FfmpegMediaProber } from '@libs/media'
import { aGrab, h264, makeLumaClock, readClock, testMediaTools } from '@libs/testing'

const run = promisify(execFile)
const tools = testMediaTools()
const prober = new FfmpegMediaProber(tools)
const { signal } = new AbortController()
let folder = ''
let visits = 0
const server = createServer((_request, response) => {
  visits += 1
  response.end()
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unreadable-media-'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  await makeLumaClock({ path: join(folder, 'clock.mp4'), seconds: 8, encoding: h264({ gopFrames: 25 }) })
})
afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true, force: true })
})

const ffmpeg = (...args: readonly string[]) => run(tools.ffmpegPath, ['-v', 'error', '-y', ...args])

async function written(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const clockBytes = () => readFile(join(folder, 'clock.mp4'))
const trap = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/segment.ts`

const refused: readonly (readonly [name: string, code: unknown, make: () => Promise<string>])[] = [
  ['an empty file', 'media.empty', () => written('empty.mp4', '')],
  ['text', 'media.notMedia', () => written('text.mp4', 'Once upon a time there was no video.\n'.repeat(50))],
  ['random bytes', 'media.notMedia', () => written('random.mp4', randomBytes(200_000))],
  ['a header alone', 'media.truncated', async () => written('ftyp.mp4', (await clockBytes()).subarray(0, 32))],
  [
    'a film cut before its index',
    'media.truncated',
    async () => written('cut.mp4', (await clockBytes()).subarray(0, 3000)),
  ],
  [
    'sound alone',
    'media.noVideo',
    async () => {
      await ffmpeg('-f', 'lavfi', '-i', 'sine=d=1', join(folder, 'sound.m4a'))
      return join(folder, 'sound.m4a')
    },
  ],
  [
    'sound with the cover of an album',
    'media.noVideo',
    async () => {
      const path = join(folder, 'cover.m4a')
      const cover = ['-map', '0', '-map', '1', '-c:v', 'mjpeg', '-disposition:v', 'attached_pic']
      await ffmpeg('-f', 'lavfi', '-i', 'sine=d=1', '-f', 'lavfi', '-i', 'color=red:d=0.04', ...cover, path)
      return path
    },
  ],
  [
    'an encrypted film',
    'media.encrypted',
    async () => {
      const key = ['-encryption_key', '76a6c65c5ea762046bd749a2e632ccbb']
      const kid = ['-encryption_kid', 'a7e61c373e219033c21091fa607bf3b8']
      const path = join(folder, 'encrypted.mp4')
      await ffmpeg(
        '-i',
        join(folder, 'clock.mp4'),
        '-c',
        'copy',
        '-encryption_scheme',
        'cenc-aes-ctr',
        ...key,
        ...kid,
        path,
      )
      return path
    },
  ],
  [
    'a film of more pixels than any',
    'media.tooManyPixels',
    async () => {
      const path = join(folder, 'large.mkv')
      await ffmpeg('-f', 'lavfi', '-i', 'color=gray:s=12000x12000:r=1:d=1', '-c:v', 'mjpeg', '-q:v', '30', path)
      return path
    },
  ],
  [
    'a picture named as a film',
    'media.unsupported',
    async () => {
      await ffmpeg('-f', 'lavfi', '-i', 'color=red', '-frames:v', '1', join(folder, 'red.png'))
      return written('red.mp4', await readFile(join(folder, 'red.png')))
    },
  ],
  [
    'a playlist',
    'media.notMedia',
    () => written('list.mp4', `#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:5,\n${trap()}\n#EXT-X-ENDLIST\n`),
  ],
  ['a list of files', 'media.notMedia', () => written('concat.mp4', `ffconcat version 1.0\nfile clock.mp4\n`)],
]

describe.each(refused)('%s', (_name, code, make) => {
  it('is refused for good, and nothing it names is opened', async () => {
    await expect(prober.probe(await make(), signal)).rejects.toMatchObject({ code, retry: false })
    expect(visits).toBe(0)
  })
})

const geometry = { widthPx: 80, heightPx: 46, fill: 'black' } as const

describe('a damaged film', () => {
  /** Overwrites the coded pictures of the fourth second. */
  async function damaged(): Promise<string> {
    const bytes = await clockBytes()
    const { stdout } = await run(tools.ffprobePath, [
      ...['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=pts_time,pos,size', '-of', 'csv=p=0'],
      join(folder, 'clock.mp4'),
    ])
    for (const line of stdout.trim().split('\n')) {
      const [atS, size, position] = line.split(',').map(Number)
      if (atS !== undefined && size && position && atS >= 3 && atS < 4) randomBytes(size - 5).copy(bytes, position + 5)
    }
    return written('damaged.mp4', bytes)
  }

  it('gives no wrong picture where it is damaged, and right ones elsewhere', async () => {
    const path = await damaged()
    const media = await prober.probe(path, signal)
    const grabber = new FfmpegFrameGrabber(tools)
    const request = { path, media, geometry, format: 'jpg', folder } as const
    await expect(grabber.grab(aGrab({ ...request, atMs: [1500, 3480] }), signal)).rejects.toMatchObject({
      code: 'media.malformed',
    })
    const frames = await grabber.grab(aGrab({ ...request, atMs: [1500, 5500, 2500, 8000] }), signal)
    expect(await Promise.all(frames.map((frame) => readClock(frame.path)))).toEqual([1, 5, 2, 7])
  })

  it('is as long as what is left of it', async () => {
    const faststart = join(folder, 'faststart.mp4')
    await ffmpeg('-i', join(folder, 'clock.mp4'), '-c', 'copy', '-movflags', '+faststart', faststart)
    const bytes = await readFile(faststart)
    const path = await written('half.mp4', bytes.subarray(0, Math.floor(bytes.length * 0.85)))
    const media = await prober.probe(path, signal)
    expect(media.durationMs).toBeGreaterThan(1000)
    expect(media.durationMs).toBeLessThan(7000)
    const [last] = await new FfmpegFrameGrabber(tools).grab(
      aGrab({ path, media, geometry, format: 'jpg', folder, atMs: [media.durationMs] }),
      signal,
    )
    expect(await readClock(last?.path ?? '')).toBe(Math.floor((media.durationMs - 40) / 1000))
  })

  it('starts where it can first be decoded', async () => {
    const stream = join(folder, 'clock.ts')
    await ffmpeg('-i', join(folder, 'clock.mp4'), '-c', 'copy', stream)
    const bytes = await readFile(stream)
    const path = await written('tail.ts', bytes.subarray(Math.floor((bytes.length * 0.3) / 188) * 188))
    const media = await prober.probe(path, signal)
    const frames = await new FfmpegFrameGrabber(tools).grab(
      aGrab({ path, media, geometry, format: 'jpg', folder, atMs: [0, media.durationMs] }),
      signal,
    )
    const [first = 0, last] = await Promise.all(frames.map((frame) => readClock(frame.path)))
    expect(last).toBe(7)
    expect(first).toBe(Math.round(8 - media.durationMs / 1000))
  })
})

describe('a grab that is told to stop', () => {
  it('ends at once, with the fault it was stopped with', async () => {
    const path = join(folder, 'clock.mp4')
    const media = await prober.probe(path, signal)
    const stop = new AbortController()
    const grabbing = new FfmpegFrameGrabber(tools).grab(
      aGrab({
        path,
        media,
        geometry: { ...geometry, widthPx: 4000, heightPx: 4000 },
        format: 'png',
        folder,
        atMs: Array.from({ length: 200 }, (_, k) => k * 40),
      }),
      stop.signal,
    )
    setTimeout(() => stop.abort(), 600)
    const startedMs = Date.now()
    await expect(grabbing).rejects.toMatchObject({ code: 'task.aborted' })
    expect(Date.now() - startedMs).toBeLessThan(3000)
  })
})

it('takes no picture of a file that another one took the place of', async () => {
  const path = join(folder, 'replaced.mp4')
  await copyFile(join(folder, 'clock.mp4'), path)
  const request = aGrab({ path, media: await prober.probe(path, signal), atMs: [1000], folder })
  await rm(path)
  await copyFile(join(folder, 'clock.mp4'), path)
  await expect(new FfmpegFrameGrabber(tools).grab(request, signal)).rejects.toMatchObject({
    code: 'media.notAccessible',
  })
})
