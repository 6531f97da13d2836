import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SharpImageComposer } from '@libs/media'
import type { ImageFormat } from '@libs/tasks'
import { similarity, takePicture, testMediaTools } from '@libs/testing'
import sharp from 'sharp'

const run = promisify(execFile)
const composer = new SharpImageComposer()
const geometry = { widthPx: 320, heightPx: 180, fill: 'stretch' } as const
let folder = ''
let path = ''
let lossless = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'encoding-'))
  path = join(folder, 'clip.mkv')
  // Soft shapes and fine grain, as films have.
  const source = 'mandelbrot=s=640x360:r=5:start_scale=0.6,noise=alls=6:all_seed=7,trim=duration=0.6,format=yuv444p'
  const encoder = ['-c:v', 'libx264', '-qp', '0']
  await run(testMediaTools().ffmpegPath, ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, ...encoder, path])
  lossless = (await takePicture(path, folder, { geometry, format: 'png' })).file
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function taken(format: ImageFormat, quality: number, chroma: '420' | '444' = '420') {
  const { file } = await takePicture(path, folder, { geometry, format, quality, chroma })
  return { file, sizeBytes: (await stat(file)).size, likeness: await similarity(file, lossless) }
}

/** Below, ffmpeg's pictures are larger and better: it never takes coarser steps than 8 in the mean of a block. */
it.each([30, 50, 85, 95])('writes JPEG of quality %d as good and as small as sharp does', async (quality) => {
  const ours = await taken('jpg', quality)
  const theirs = await sharp(lossless).jpeg({ quality, chromaSubsampling: '4:2:0', optimiseCoding: true }).toBuffer()
  expect(ours.likeness).toBeGreaterThan((await similarity(theirs, lossless)) - 0.02)
  expect(ours.sizeBytes / theirs.length).toBeGreaterThan(0.8)
  expect(ours.sizeBytes / theirs.length).toBeLessThan(1.2)
})

it.each(['jpg', 'webp', 'avif'] as const)('gives %s of higher quality more bytes and more likeness', async (format) => {
  const pictures = [await taken(format, 20), await taken(format, 60), await taken(format, 95)]
  for (const [index, picture] of pictures.slice(1).entries()) {
    expect(picture.sizeBytes).toBeGreaterThan(pictures[index]?.sizeBytes ?? NaN)
    expect(picture.likeness).toBeGreaterThan(pictures[index]?.likeness ?? NaN)
  }
  expect(await composer.inspect(pictures[0]?.file ?? '')).toMatchObject({ format, widthPx: 320, heightPx: 180 })
})

/** The sampling factors of the components in a JPEG's header (ITU-T T.81, B.2.2), and its kind. */
async function samplingOf(file: string): Promise<readonly number[]> {
  const bytes = await readFile(file)
  const header = bytes.indexOf(Buffer.from([0xff, 0xc0]))
  expect(header).toBeGreaterThan(0)
  return [0, 1, 2].map((component) => bytes.readUInt8(header + 11 + component * 3))
}

it('samples the colours of JPEG as asked, in one pass from top to bottom', async () => {
  const [brightness, blue, red] = await samplingOf((await taken('jpg', 85, '420')).file)
  expect([brightness, blue, red]).toEqual([0x22, 0x11, 0x11])
  expect(new Set(await samplingOf((await taken('jpg', 85, '444')).file)).size).toBe(1)
})

it.each(['jpg', 'png', 'webp', 'avif'] as const)('sees that a %s is cut short', async (format) => {
  const { file } = await taken(format, 85)
  const bytes = await readFile(file)
  const cut = join(folder, `cut.${format}`)
  await writeFile(cut, bytes.subarray(0, Math.floor(bytes.length * 0.97)))
  await expect(composer.inspect(cut)).rejects.toMatchObject({ code: 'media.malformed' })
})
