import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FfmpegFrameGrabber, FfmpegMediaProber, SharpImageComposer, SharpImageNormalizer } from '@libs/media'
import type { ImageFormat, MediaInfo, PictureMark } from '@libs/tasks'
import { aGrab, makeLumaClock, testMediaTools } from '@libs/testing'
import sharp from 'sharp'

const tools = testMediaTools()
const { signal } = new AbortController()
const geometry = { widthPx: 160, heightPx: 90, fill: 'black' } as const
const red = { r: 255, g: 0, b: 0, alpha: 1 }
const blue = { r: 0, g: 0, b: 255, alpha: 1 }
let folder = ''
let path = ''
let media: MediaInfo

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watermarks-'))
  path = join(folder, 'clock.mp4')
  await makeLumaClock({ path, seconds: 4 })
  media = await new FfmpegMediaProber(tools).probe(path, signal)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function aMark(place: Partial<PictureMark>, background: typeof red = red): Promise<PictureMark> {
  const file = join(await mkdtemp(join(folder, 'mark-')), 'mark.png')
  await sharp({ create: { width: 40, height: 20, channels: 4, background } })
    .png()
    .toFile(file)
  return { path: file, leftPx: 0, topPx: 0, widthPx: 20, heightPx: 10, opacity: 1, ...place }
}

interface Picture {
  readonly file: string
  at(x: number, y: number): readonly number[]
}

async function take(marks: readonly PictureMark[], format: ImageFormat = 'png', atMs = 2000): Promise<Picture> {
  const request = aGrab({ path, media, atMs: [atMs], geometry, format, folder, quality: 95, chroma: '444' })
  const [frame] = await new FfmpegFrameGrabber(tools).grab({ ...request, marks }, signal)
  const file = frame?.path ?? ''
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true })
  expect(info).toMatchObject({ width: 160, height: 90, channels: 3 })
  return {
    file,
    at(x, y) {
      const start = (y * info.width + x) * info.channels
      return [...data.subarray(start, start + 3)]
    },
  }
}

/** Whether every pixel outside of a rectangle is as it is without marks. */
async function isSameOutside(marked: string, { leftPx, topPx, widthPx, heightPx }: PictureMark): Promise<boolean> {
  const [with_, without] = await Promise.all(
    [marked, (await take([])).file].map((file) => sharp(file).raw().toBuffer({ resolveWithObject: true })),
  )
  if (with_ === undefined || without === undefined) throw new Error('There are two pictures.')
  return with_.data.every((value, index) => {
    const pixel = Math.floor(index / 3)
    const [x, y] = [pixel % 160, Math.floor(pixel / 160)]
    const isInside = x >= leftPx && x < leftPx + widthPx && y >= topPx && y < topPx + heightPx
    return isInside || value === without.data[index]
  })
}

it('puts a mark in its place, to the pixel, and leaves everything else as it was', async () => {
  const mark = await aMark({ leftPx: 30, topPx: 40 })
  const { file, at } = await take([mark])
  for (const [x, y] of [
    [30, 40],
    [49, 40],
    [30, 49],
    [49, 49],
  ] as const)
    expect(at(x, y)).toEqual([255, 0, 0])
  expect(await isSameOutside(file, mark)).toBe(true)
})

it.each(['jpg', 'webp', 'avif'] as const)('puts a mark on a %s', async (format) => {
  const { file, at } = await take([await aMark({ leftPx: 32, topPx: 32, widthPx: 64, heightPx: 32 })], format)
  const [r = 0, g = 255, b = 255] = at(64, 48)
  expect([r > 240, g < 15, b < 15]).toEqual([true, true, true])
  expect(await new SharpImageComposer().inspect(file)).toMatchObject({ format, widthPx: 160, heightPx: 90 })
})

it('mixes a mark that is half transparent with what is below', async () => {
  const [plain, { at }] = [await take([]), await take([await aMark({ leftPx: 30, topPx: 40, opacity: 0.5 })])]
  const [r = 0, g = 0, b = 0] = plain.at(40, 45)
  const expected = [(r + 255) / 2, g / 2, b / 2]
  at(40, 45).forEach((value, channel) => expect(Math.abs(value - (expected[channel] ?? NaN))).toBeLessThanOrEqual(2))
})

it('shows nothing of a mark that is wholly transparent', async () => {
  const mark = await aMark({ leftPx: 30, topPx: 40, opacity: 0 })
  const { file } = await take([mark])
  expect(await isSameOutside(file, { ...mark, widthPx: 0 })).toBe(true)
})

it('keeps the alpha of the image, and multiplies it by the opacity', async () => {
  const [plain, faint] = [await take([]), await take([await aMark({ opacity: 0.5 }, { ...blue, alpha: 0.5 })])]
  const [, , b = 0] = plain.at(5, 5)
  expect(Math.abs((faint.at(5, 5)[2] ?? NaN) - (b * 0.75 + 255 * 0.25))).toBeLessThanOrEqual(2)
})

it('lays later marks above earlier ones', async () => {
  const [below, above] = [await aMark({ leftPx: 10, topPx: 10 }), await aMark({ leftPx: 20, topPx: 10 }, blue)]
  const { at } = await take([below, above])
  expect([at(15, 15), at(25, 15), at(35, 15)]).toEqual([
    [255, 0, 0],
    [0, 0, 255],
    [0, 0, 255],
  ])
  expect((await take([above, below])).at(25, 15)).toEqual([255, 0, 0])
})

it('draws as much of a mark as lies on the picture', async () => {
  const [over, larger, beyond] = [
    await aMark({ leftPx: 150, topPx: -5 }),
    await aMark({ leftPx: -100, topPx: -100, widthPx: 500, heightPx: 400 }, blue),
    await aMark({ leftPx: 160, topPx: 0 }),
  ]
  const { file, at } = await take([over])
  expect([at(159, 0), at(150, 4)]).toEqual([
    [255, 0, 0],
    [255, 0, 0],
  ])
  expect(await isSameOutside(file, over)).toBe(true)
  const covered = await take([larger])
  expect([covered.at(0, 0), covered.at(159, 89)]).toEqual([
    [0, 0, 255],
    [0, 0, 255],
  ])
  expect(await isSameOutside((await take([beyond])).file, { ...beyond, widthPx: 0 })).toBe(true)
})

it('draws a mark of an absurd shape without holding the whole of it', async () => {
  const { at } = await take([await aMark({ widthPx: 160, heightPx: 16_383 })])
  expect([at(0, 0), at(159, 89)]).toEqual([
    [255, 0, 0],
    [255, 0, 0],
  ])
})

describe('the images of watermarks', () => {
  const normalizer = new SharpImageNormalizer()
  const image = (background: typeof red) => sharp({ create: { width: 30, height: 20, channels: 4, background } })
  const pixel = async (png: Buffer) => [...(await sharp(png).raw().toBuffer()).subarray(0, 4)]

  it.each(['png', 'gif', 'jpeg'] as const)('may be %s', async (format) => {
    const { png, widthPx, heightPx } = await normalizer.normalize(await image(red).toFormat(format).toBuffer())
    expect({ widthPx, heightPx }).toEqual({ widthPx: 30, heightPx: 20 })
    const [r = 0, , , alpha] = await pixel(png)
    expect([r >= 254, alpha]).toEqual([true, 255])
  })

  it('are the first frame of what moves', async () => {
    const frames = Buffer.concat([await image(red).raw().toBuffer(), await image(blue).raw().toBuffer()])
    const raw = { width: 30, height: 40, channels: 4, pageHeight: 20 } as const
    const gif = await sharp(frames, { raw })
      .gif({ loop: 0, delay: [100, 100] })
      .toBuffer()
    expect((await sharp(gif).metadata()).pages).toBe(2)
    const { png, heightPx } = await normalizer.normalize(gif)
    expect([heightPx, await pixel(png)]).toEqual([20, [255, 0, 0, 255]])
  })

  it('stand upright', async () => {
    const turned = await image(red).jpeg().withMetadata({ orientation: 6 }).toBuffer()
    expect(await normalizer.normalize(turned)).toMatchObject({ widthPx: 20, heightPx: 30 })
  })

  it('are refused when they are damaged, too large or something else', async () => {
    const whole = await image(red).png().toBuffer()
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    const webp = await image(red).webp().toBuffer()
    const large = await sharp({ create: { width: 4097, height: 4096, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    const hostile = [Buffer.alloc(0), Buffer.from('GIF89a'), whole.subarray(0, whole.length - 20), svg, webp, large]
    for (const bytes of hostile) {
      await expect(normalizer.normalize(bytes)).rejects.toMatchObject({ code: 'request.invalidValue', field: 'image' })
    }
  })
})
