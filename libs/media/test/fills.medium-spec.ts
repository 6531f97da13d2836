import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkMediaTools, FfmpegFrameGrabber, FfmpegMediaProber, SharpImageComposer } from '@libs/media'
import type { FillType, ImageFormat, MediaInfo } from '@libs/tasks'
import { aGrab, makeLumaClock, readClock, testMediaTools } from '@libs/testing'
import sharp from 'sharp'

const tools = testMediaTools()
const { signal } = new AbortController()
const composer = new SharpImageComposer()
let folder = ''
let path = ''
let media: MediaInfo

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fills-'))
  path = join(folder, 'clock.mp4')
  await makeLumaClock({ path, seconds: 4 })
  media = await new FfmpegMediaProber(tools).probe(path, signal)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function picture(widthPx: number, heightPx: number, fill: FillType, format: ImageFormat): Promise<string> {
  const geometry = { widthPx, heightPx, fill }
  const [frame] = await new FfmpegFrameGrabber(tools).grab(
    aGrab({ path, media, atMs: [3000], geometry, format, folder }),
    signal,
  )
  return frame?.path ?? ''
}

async function cornerOf(file: string): Promise<readonly number[]> {
  const { data } = await sharp(file)
    .extract({ left: 2, top: 2, width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return [...data]
}

const white = [255, 255, 255]
const black = [0, 0, 0]

it.each([
  ['white', 'png', 121, 201, white],
  ['white', 'jpg', 121, 201, white],
  ['black', 'jpg', 301, 91, black],
  ['black', 'webp', 121, 201, black],
] as const)('fills with %s, as %s, to odd sizes', async (...[fill, format, widthPx, heightPx, colour]) => {
  const file = await picture(widthPx, heightPx, fill, format)
  expect(await composer.inspect(file)).toMatchObject({ widthPx, heightPx, format })
  const corner = await cornerOf(file)
  for (const [channel, value] of colour.entries()) expect(Math.abs((corner[channel] ?? NaN) - value)).toBeLessThan(4)
  expect(await readClock(file)).toBe(3)
})

it.each([
  ['gauss', 121, 201],
  ['gauss', 333, 90],
  ['stretch', 121, 201],
  ['gauss', 160, 90],
] as const)('fills with the picture itself by %s to %d x %d px', async (fill, widthPx, heightPx) => {
  const file = await picture(widthPx, heightPx, fill, 'jpg')
  expect(await composer.inspect(file)).toMatchObject({ widthPx, heightPx })
  const whole = { leftPx: 0, topPx: 0, widthPx: 8, heightPx: 8 }
  expect([await readClock(file, whole), await readClock(file)]).toEqual([3, 3])
})

it('tells a picture that does not open', async () => {
  await expect(composer.inspect(path)).rejects.toMatchObject({ code: 'media.malformed' })
})

describe('the tools', () => {
  it('say their versions', async () => {
    const { ffmpegVersion, ffprobeVersion } = await checkMediaTools(tools)
    expect(ffmpegVersion).toMatch(/\d/)
    expect(ffprobeVersion).toMatch(/\d/)
  })

  it('are asked for by the name of their package when they are missing', async () => {
    await expect(checkMediaTools({ ...tools, ffmpegPath: '/nowhere/ffmpeg' })).rejects.toThrow('apt-get install ffmpeg')
    const prober = new FfmpegMediaProber({ ...tools, ffprobePath: '/nowhere/ffprobe' })
    await expect(prober.probe(path, signal)).rejects.toMatchObject({ code: 'internal' })
    const grabber = new FfmpegFrameGrabber({ ...tools, ffmpegPath: '/nowhere/ffmpeg' })
    const geometry = { widthPx: 16, heightPx: 16, fill: 'black' } as const
    await expect(
      grabber.grab(aGrab({ path, media, atMs: [0], geometry, format: 'jpg', folder }), signal),
    ).rejects.toMatchObject({ code: 'internal' })
  })
})
