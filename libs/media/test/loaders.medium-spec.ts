import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FfmpegFrameGrabber, FfmpegMediaProber, SharpImageComposer, SharpImageNormalizer } from '@libs/media'
import { aGrab, makeLumaClock, smallDisk, testMediaTools } from '@libs/testing'
import sharp from 'sharp'

const { signal } = new AbortController()
const composer = new SharpImageComposer()
const encoding = { format: 'png', quality: 80, chroma: '420' } as const
const photo = (widthPx = 40, heightPx = 20) =>
  sharp({ create: { width: widthPx, height: heightPx, channels: 3, background: 'red' } })
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loaders-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="red"/></svg>'
/** What libvips has, or may be built with, a reader for, and no picture of ours ever is. */
const strangers: Readonly<Record<string, () => Promise<Buffer> | Buffer>> = {
  svg: () => Buffer.from(svg),
  tiff: () => photo().tiff().toBuffer(),
  gif: () => photo().gif().toBuffer(),
  pdf: () => Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
  mvg: () =>
    Buffer.from('push graphic-context\nviewbox 0 0 40 20\nfill red\nrectangle 0,0 40,20\npop graphic-context\n'),
  ppm: () => Buffer.concat([Buffer.from('P6 40 20 255\n'), Buffer.alloc(40 * 20 * 3, 0x80)]),
  v: () => Buffer.from([0x08, 0xf2, 0xa6, 0xb6, ...Array<number>(2460).fill(0)]),
  fits: () => Buffer.from('SIMPLE  =                    T'.padEnd(2880)),
}

describe.each(Object.entries(strangers))('a %s in the place of a picture', (name, make) => {
  const path = () => join(folder, `a.${name}`)
  beforeAll(async () => writeFile(path(), await make()))

  it('is not opened, whatever is to be done with it', async () => {
    const target = join(folder, `${name}.png`)
    const sheet = { widthPx: 40, heightPx: 20, background: '#000000', encoding, path: target }
    const attempts = [
      () => composer.inspect(path()),
      () => composer.convert(path(), target, encoding),
      () => composer.darkPercent(path(), 10),
      () => composer.composeSheet({ ...sheet, cells: [{ path: path(), leftPx: 0, topPx: 0 }] }, signal),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'media.malformed' })
  })

  it('is no watermark of a caller unless it is a GIF', async () => {
    const attempt = new SharpImageNormalizer().normalize(await make())
    if (name === 'gif') await expect(attempt).resolves.toMatchObject({ widthPx: 40, heightPx: 20 })
    else await expect(attempt).rejects.toMatchObject({ code: 'request.invalidValue', field: 'image' })
  })
})

it('is not opened as a mark that is to be drawn', async () => {
  const [path, mark] = [join(folder, 'clock.mp4'), join(folder, 'mark.png')]
  await makeLumaClock({ path, seconds: 1 })
  await writeFile(mark, svg)
  const media = await new FfmpegMediaProber(testMediaTools()).probe(path, signal)
  const marks = [{ path: mark, leftPx: 0, topPx: 0, widthPx: 20, heightPx: 10, opacity: 1 }]
  const request = { ...aGrab({ path, media, atMs: [0], folder }), marks }
  await expect(new FfmpegFrameGrabber(testMediaTools()).grab(request, signal)).rejects.toMatchObject({
    code: 'media.malformed',
  })
})

it('says that a disk is full, not that the media is bad', async () => {
  const disk = await smallDisk(1)
  if (disk === undefined) return
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const
  const from = join(folder, 'noise.png')
  await sharp({ create: { width: 1500, height: 1500, channels: 3, noise, background: 'red' } })
    .png()
    .toFile(from)
  const converting = composer.convert(from, join(disk.folder, 'noise.png'), encoding).finally(() => disk.remove())
  await expect(converting).rejects.toMatchObject({ code: 'storage.full' })
})

describe('what many callers bring', () => {
  const large = photo(3000, 3000).png().toBuffer()

  it('is decoded one image at a time', async () => {
    const normalizer = new SharpImageNormalizer()
    const image = await large
    let most = 0
    const looking = setInterval(() => {
      const { queue, process } = sharp.counters()
      most = Math.max(most, queue + process)
    }, 1)
    await Promise.all([1, 2, 3, 4].map(() => normalizer.normalize(image))).finally(() => clearInterval(looking))
    expect(most).toBe(1)
  })

  it('is turned away when too much waits, and taken again later', async () => {
    const normalizer = new SharpImageNormalizer()
    const image = await photo().png().toBuffer()
    const attempts = Array.from({ length: 70 }, () => normalizer.normalize(image))
    const ends = await Promise.allSettled(attempts)
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(64)
    expect(ends.at(-1)).toMatchObject({ reason: { code: 'request.overload' } })
    await expect(normalizer.normalize(image)).resolves.toMatchObject({ widthPx: 40 })
  })

  it('is refused by its length before any of it is read', async () => {
    const image = Buffer.concat([await photo().png().toBuffer(), Buffer.alloc(8 * 2 ** 20)])
    await expect(new SharpImageNormalizer().normalize(image)).rejects.toMatchObject({
      code: 'request.invalidValue',
      message: 'The image has more than 8388608 bytes.',
    })
  })
})
