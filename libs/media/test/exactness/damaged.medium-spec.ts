import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { AppError } from '@libs/kernel'
import { FfmpegFrameGrabber, FfmpegMediaProber } from '@libs/media'
import type { MediaInfo } from '@libs/tasks'
import { aGrab, decodeWhole, h264, makeFrameClock, psnrDb, testMediaTools } from '@libs/testing'
import type { DecodedFrame } from '@libs/testing'
import sharp from 'sharp'

const run = promisify(execFile)
const tools = testMediaTools()
const { signal } = new AbortController()
const geometry = { widthPx: 128, heightPx: 72, fill: 'stretch' } as const
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'damaged-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Film {
  readonly name: string
  readonly extension: string
  readonly encoding: readonly string[]
}

const closed = h264({ gopFrames: 25 })
const hevc = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=1:keyint=25:min-keyint=25']
const films: readonly Film[] = [
  { name: 'H.264 in mp4', extension: 'mp4', encoding: [...closed, '-movflags', '+faststart'] },
  { name: 'H.264 in fragments', extension: 'mp4', encoding: [...closed, '-movflags', '+frag_keyframe+empty_moov'] },
  { name: 'H.264 in Matroska', extension: 'mkv', encoding: closed },
  { name: 'H.264 in a transport stream', extension: 'ts', encoding: closed },
  { name: 'HEVC in mp4', extension: 'mp4', encoding: [...hevc, '-movflags', '+faststart'] },
  {
    name: 'VP9 in WebM',
    extension: 'webm',
    encoding: ['-c:v', 'libvpx-vp9', '-cpu-used', '8', '-b:v', '1M', '-g', '25'],
  },
  {
    name: 'MPEG-2 in a program stream',
    extension: 'mpg',
    encoding: ['-c:v', 'mpeg2video', '-q:v', '2', '-bf', '2', '-g', '12'],
  },
  { name: 'MPEG-4 in AVI', extension: 'avi', encoding: ['-c:v', 'mpeg4', '-q:v', '2', '-g', '25'] },
]

interface Whole {
  readonly path: string
  readonly bytes: Buffer
  readonly frames: readonly DecodedFrame[]
}

async function whole({ extension, encoding }: Film, name: string): Promise<Whole> {
  const path = join(folder, `${name.replaceAll(' ', '-')}.whole.${extension}`)
  await makeFrameClock({ path, frames: 125, output: encoding })
  return { path, bytes: await readFile(path), frames: await decodeWhole({ path, ...geometry }) }
}

type Outcome = 'right' | 'refused' | `wrong: ${string}`

/** Whether the picture at a time is what the whole film shows there, or none; asked alone, so that no other hides it. */
async function outcome(path: string, media: MediaInfo, atMs: number, truth: readonly DecodedFrame[]): Promise<Outcome> {
  try {
    const request = aGrab({ path, media, atMs: [atMs], geometry, format: 'png', folder })
    const [taken] = await new FfmpegFrameGrabber(tools).grab(request, signal)
    const pixels = await sharp(taken?.path).removeAlpha().raw().toBuffer()
    const shown = truth.findLast((frame) => frame.ptsMs <= atMs + 0.001)
    const likenessDb = shown === undefined ? NaN : psnrDb(pixels, shown.pixels)
    const right = likenessDb > 40 && Math.abs((taken?.ptsMs ?? NaN) - (shown?.ptsMs ?? NaN)) < 0.002
    return right ? 'right' : `wrong: ${atMs} ms is like the frame by ${likenessDb.toFixed(1)} dB, of ${taken?.ptsMs} ms`
  } catch (error) {
    if (error instanceof AppError && error.code === 'media.malformed') return 'refused'
    throw error
  }
}

const tsPacketBytes = 188
/** Of pictures and of the container, in a program stream; those of slices lie between. */
const startCode = Buffer.from([0, 0, 1])
const isFraming = (code: number): boolean => code === 0 || code >= 0xb0
const headerBytes = 24

/** Where a file's framing lies, which says what is whose and when. */
function framing(path: string, bytes: Buffer): (at: number) => boolean {
  if (path.endsWith('.ts')) return (at) => at % tsPacketBytes < 16
  if (!path.endsWith('.mpg')) return () => false
  const headers = new Set<number>()
  for (let at = bytes.indexOf(startCode); at >= 0; at = bytes.indexOf(startCode, at + 1)) {
    const sparedBytes = isFraming(bytes[at + 3] ?? 0) ? headerBytes : 0
    for (let place = at; place < at + sparedBytes; place += 1) headers.add(place)
  }
  return (at) => headers.has(at)
}

/** Overwrites what is coded between two times with a pattern that no codec means, and leaves the container whole. */
async function spoil({ path, bytes }: Whole, fromS: number, toS: number): Promise<Buffer> {
  const entries = ['-show_entries', 'packet=pos,size,dts_time', '-of', 'csv=p=0']
  const { stdout } = await run(tools.ffprobePath, ['-v', 'error', '-select_streams', 'v', ...entries, path])
  const rows = stdout
    .trim()
    .split(/\s+/)
    .map((line) => line.split(',').map(Number))
  const startS = Math.min(...rows.flatMap(([dtsS]) => (Number.isFinite(dtsS) ? [dtsS ?? 0] : [])))
  const spoilt = Buffer.from(bytes)
  const isSpared = framing(path, bytes)
  for (const [dtsS = NaN, size = 0, position = NaN] of rows) {
    const inside = dtsS - startS >= fromS && dtsS - startS < toS
    for (let at = position + 40; inside && at < position + size; at += 1) {
      if (!isSpared(at)) spoilt[at] = (at * 167 + 13) & 0xff
    }
  }
  return spoilt
}

// Nothing in VP9, nor in HEVC without checksums, tells a spoilt picture from another.
const checked = films.filter(({ name }) => !/VP9|HEVC/.test(name))

describe.each(checked)('$name, spoilt in its third second', (film) => {
  it('gives right pictures of the rest, and no wrong one of what is spoilt', async () => {
    const truth = await whole(film, `spoilt ${film.name}`)
    const path = join(folder, `${film.name.replaceAll(' ', '-')}.spoilt.${film.extension}`)
    await writeFile(path, await spoil(truth, 2.2, 2.5))
    const media = await new FfmpegMediaProber(tools).probe(path, signal)
    expect(Math.abs(media.durationMs - 5000)).toBeLessThan(100)
    for (const atMs of [400, 1500, 4200]) expect(await outcome(path, media, atMs, truth.frames)).toBe('right')
    for (const atMs of [2240, 2420, 2700, 2960]) {
      expect(await outcome(path, media, atMs, truth.frames)).toMatch(/^(right|refused)$/)
    }
  })
})

describe.each(films)('$name, cut at three fifths', (film) => {
  it('is as long as what is left, and shows just that', async () => {
    const truth = await whole(film, `cut ${film.name}`)
    const path = join(folder, `${film.name.replaceAll(' ', '-')}.cut.${film.extension}`)
    await writeFile(path, truth.bytes.subarray(0, Math.floor(truth.bytes.length * 0.6)))
    const media = await new FfmpegMediaProber(tools).probe(path, signal)
    expect(media.durationMs).toBeGreaterThan(2000)
    expect(media.durationMs).toBeLessThan(4000)
    for (const part of [0, 0.3, 0.6]) {
      expect(await outcome(path, media, media.durationMs * part, truth.frames)).toBe('right')
    }
    for (const back of [90, 50, 1]) {
      expect(await outcome(path, media, media.durationMs - back, truth.frames)).toMatch(/^(right|refused)$/)
    }
  })
})

it('gives no wrong picture where a transport stream lost packets', async () => {
  const truth = await whole({ name: '', extension: 'ts', encoding: closed }, 'lossy')
  const packets = Array.from({ length: truth.bytes.length / tsPacketBytes }, (_, packet) =>
    truth.bytes.subarray(packet * tsPacketBytes, (packet + 1) * tsPacketBytes),
  )
  const path = join(folder, 'lossy.ts')
  const middle = packets.length / 2
  await writeFile(path, Buffer.concat(packets.filter((_, packet) => packet < middle || packet > middle + 12)))
  const media = await new FfmpegMediaProber(tools).probe(path, signal)
  const outcomes: Outcome[] = []
  for (let atMs = 1900; atMs < 3300; atMs += 120) outcomes.push(await outcome(path, media, atMs, truth.frames))
  expect(outcomes.filter((each) => each.startsWith('wrong'))).toEqual([])
  expect(outcomes[0]).toBe('right')
  expect(outcomes.at(-1)).toBe('right')
})
