import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FfmpegMediaProber } from '@libs/media'
import { h264, makeFrameClock, testMediaTools } from '@libs/testing'

const { signal } = new AbortController()
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'absurd-headers-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Absurd {
  readonly name: string
  readonly extension: string
  readonly encoding: readonly string[]
  patch(bytes: Buffer): void
}

const raw = ['-c:v', 'rawvideo', '-pix_fmt', 'yuv420p'] as const
const plain = h264({ gopFrames: 25 })
const behind = (bytes: Buffer, name: string | Buffer) => bytes.indexOf(name) + name.length

/** PixelWidth and PixelHeight (RFC 9559, 5.1.4.1.28.6), of two bytes each in a clip of 320 x 288 px. */
function widen(bytes: Buffer): void {
  for (const id of [0xb0, 0xba]) bytes.writeUInt16BE(0xffff, behind(bytes, Buffer.from([id, 0x82])))
}

/** The time scale of the track, and how many of its ticks each frame lasts (ISO 14496-12, 8.4.2 and 8.6.1.2). */
function retime(bytes: Buffer, scale: number, delta: number): void {
  bytes.writeUInt32BE(scale, behind(bytes, 'mdhd') + 12)
  bytes.writeUInt32BE(delta, behind(bytes, 'stts') + 12)
}

const withoutB = [...plain, '-bf', '0'] as const

const tooLarge: readonly Absurd[] = [
  {
    ...{ name: '65535 x 65535 px in AVI', extension: 'avi', encoding: raw },
    patch: (bytes) => bytes.writeUInt32LE(65_535, bytes.writeUInt32LE(65_535, behind(bytes, 'strf') + 8)),
  },
  { name: '65535 x 65535 px in Matroska', extension: 'mkv', encoding: ['-c:v', 'ffv1'], patch: widen },
]

const refused: readonly Absurd[] = [
  {
    ...{ name: '10^9 frames a second in mp4', extension: 'mp4', encoding: withoutB },
    patch: (bytes) => retime(bytes, 1_000_000_000, 1),
  },
  {
    ...{ name: '10^9 frames a second in AVI', extension: 'avi', encoding: raw },
    patch: (bytes) => bytes.writeUInt32LE(1_000_000_000, bytes.writeUInt32LE(1, behind(bytes, 'strh') + 24)),
  },
  {
    ...{ name: 'frames that last 300 years in mp4', extension: 'mp4', encoding: withoutB },
    patch: (bytes) => retime(bytes, 1, 0x0fffffff),
  },
  {
    ...{ name: 'frames that last 300 years in AVI', extension: 'avi', encoding: raw },
    patch: (bytes) => bytes.writeUInt32LE(1, bytes.writeUInt32LE(0x0fffffff, behind(bytes, 'strh') + 24)),
  },
]

async function patched({ name, extension, encoding, patch }: Absurd): Promise<string> {
  const path = join(folder, `${name.replaceAll(' ', '-')}.${extension}`)
  await makeFrameClock({ path, frames: 50, widthPx: 320, heightPx: 288, output: encoding })
  const bytes = await readFile(path)
  patch(bytes)
  await writeFile(path, bytes)
  return path
}

async function refusal(absurd: Absurd): Promise<unknown> {
  const path = await patched(absurd)
  const deadline = AbortSignal.timeout(10_000)
  return new FfmpegMediaProber(testMediaTools()).probe(path, deadline).catch((error: unknown) => error)
}

it.each(refused)('refuses $name before anything is planned by it', async (absurd) => {
  expect(await refusal(absurd)).toMatchObject({ code: 'media.unsupported', retry: false })
})

// ffmpeg forgets a size that it refuses itself; what is left differs between containers.
it.each(tooLarge)('refuses $name before anything is allocated', async (absurd) => {
  const code = expect.stringMatching(/^media\.(tooManyPixels|noResolution|malformed)$/) as unknown
  expect(await refusal(absurd)).toMatchObject({ code })
})

/** In milliseconds. */
const threeHundredYears = 300 * 365.25 * 86_400_000

const boasting: readonly Absurd[] = [
  {
    ...{ name: 'mp4', extension: 'mp4', encoding: plain },
    patch: (bytes) => {
      for (const box of ['mvhd', 'mdhd']) bytes.writeUInt32BE(0xffffffff, behind(bytes, box) + 16)
    },
  },
  {
    ...{ name: 'Matroska', extension: 'mkv', encoding: plain },
    patch: (bytes) => bytes.writeDoubleBE(threeHundredYears, behind(bytes, Buffer.from([0x44, 0x89, 0x88]))),
  },
  {
    ...{ name: 'FLV', extension: 'flv', encoding: plain },
    patch: (bytes) => bytes.writeDoubleBE(threeHundredYears / 1000, behind(bytes, 'duration') + 1),
  },
]

it.each(boasting)('believes the frames of $name and no header that announces centuries', async (absurd) => {
  const media = await new FfmpegMediaProber(testMediaTools()).probe(await patched(absurd), signal)
  expect(media.durationMs).toBeCloseTo(2000, -2)
})
