import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { coverBySnapshot, pictureDefaults } from '@libs/tasks'
import type { FillType } from '@libs/tasks'
import { similarity, takePicture, testMediaTools } from '@libs/testing'
import sharp from 'sharp'

const run = promisify(execFile)
const tools = testMediaTools()
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'geometry-'))
  // The product shuts this reader of the process's one libvips.
  sharp.unblock({ operation: ['VipsForeignLoadSvgBuffer'] })
  await sharp(Buffer.from(scene)).png().toFile(join(folder, 'scene.png'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const [widthPx, heightPx] = [320, 180]
/** No two corners alike, so that no turn and no mirror goes unseen. */
const scene = `<svg width="${widthPx}" height="${heightPx}" xmlns="http://www.w3.org/2000/svg">
  <defs><linearGradient id="sky" x2="1" y2="1"><stop stop-color="#205080"/><stop offset="1" stop-color="#e0b060"/></linearGradient></defs>
  <rect width="320" height="180" fill="url(#sky)"/><circle cx="70" cy="60" r="40" fill="#f0f0e0"/>
  <polygon points="180,170 310,150 250,40" fill="#306030"/><rect x="10" y="140" width="60" height="20" fill="#a03020"/></svg>`

/** A clip that shows the scene for a second. */
async function film(name: string, filter = 'null', encoding: readonly string[] = []): Promise<string> {
  const path = join(folder, name)
  const input = ['-v', 'error', '-y', '-loop', '1', '-framerate', '5', '-t', '1', '-i', join(folder, 'scene.png')]
  const meaning = 'scale=out_color_matrix=bt601:out_range=tv,format=yuv444p,setparams=colorspace=smpte170m:range=tv'
  const encoder = ['-c:v', 'libx264', '-qp', '0', '-colorspace', 'smpte170m', '-color_range', 'tv']
  await run(tools.ffmpegPath, [...input, '-vf', `${filter},${meaning}`, ...encoder, ...encoding, path])
  return path
}

/** Composed by sharp alone: the scene fitted, and behind it the bars, or itself covering the frame and blurred. */
async function reference(width: number, height: number, fill: FillType): Promise<Buffer> {
  const picture = sharp(join(folder, 'scene.png')).removeAlpha()
  if (fill === 'stretch') return picture.resize(width, height, { fit: 'fill' }).png().toBuffer()
  if (fill !== 'gauss') return picture.resize(width, height, { fit: 'contain', background: fill }).png().toBuffer()
  const front = await picture.clone().resize(width, height, { fit: 'inside' }).png().toBuffer()
  const back = await picture.resize(width, height, { fit: 'cover' }).png().toBuffer()
  return sharp(back)
    .blur(Math.max(width, height) / 32)
    .composite([{ input: front, gravity: 'centre' }])
    .png()
    .toBuffer()
}

describe.each([
  [640, 360],
  [200, 200],
  [121, 301],
  [501, 91],
  [180, 320],
] as const)('in %d x %d px', (width, height) => {
  it.each(['stretch', 'black', 'white', 'gauss'] as const)('%s looks as composed by hand', async (fill) => {
    const path = await film('scene.mkv')
    const { file } = await takePicture(path, folder, {
      geometry: { widthPx: width, heightPx: height, fill },
      format: 'png',
    })
    expect(await similarity(file, await reference(width, height, fill))).toBeGreaterThan(fill === 'gauss' ? 0.93 : 0.95)
  })
})

it('tells another fill by that measure', async () => {
  const [gauss, black, stretched] = await Promise.all([
    reference(200, 200, 'gauss'),
    reference(200, 200, 'black'),
    reference(200, 200, 'stretch'),
  ])
  expect(await similarity(gauss, black)).toBeLessThan(0.8)
  expect(await similarity(stretched, black)).toBeLessThan(0.8)
  expect(await similarity(gauss, await sharp(gauss).flop().toBuffer())).toBeLessThan(0.9)
})

/** Rows of the track's matrix (ISO 14496-12, 8.3.2), with what sharp does to see the scene as a player shows it. */
const turns: readonly (readonly [
  string,
  readonly [number, number, number, number],
  (picture: sharp.Sharp) => sharp.Sharp,
])[] = [
  ['90°', [0, 1, -1, 0], (picture) => picture.rotate(90)],
  ['180°', [-1, 0, 0, -1], (picture) => picture.rotate(180)],
  ['270°', [0, -1, 1, 0], (picture) => picture.rotate(270)],
  ['swapped left and right', [-1, 0, 0, 1], (picture) => picture.flop()],
  ['swapped top and bottom', [1, 0, 0, -1], (picture) => picture.flip()],
  ['swapped, then turned by 90°', [0, -1, -1, 0], (picture) => picture.flop().toFormat('png')],
]

describe('a video turned by its display matrix', () => {
  it.each(turns)('is upright: %s', async (name, [a, b, c, d], turn) => {
    const path = await film(`turned-${name}.mp4`)
    const bytes = await readFile(path)
    const matrix = bytes.indexOf('tkhd') + 4 + 40
    for (const [place, value] of [a, b, 0, c, d].entries()) bytes.writeInt32BE(value * 0x10000, matrix + place * 4)
    await writeFile(path, bytes)
    const quarter = a === 0
    const [width, height] = quarter ? [heightPx, widthPx] : [widthPx, heightPx]
    const geometry = { widthPx: width, heightPx: height, fill: 'black' } as const
    const { file, media } = await takePicture(path, folder, { geometry, format: 'png' })
    expect(media).toMatchObject({ displayWidthPx: width, displayHeightPx: height })
    const once = await turn(sharp(join(folder, 'scene.png')))
      .png()
      .toBuffer()
    // sharp turns before it swaps, in whatever order it is told to.
    const expected = name.startsWith('swapped, then') ? await sharp(once).rotate(90).png().toBuffer() : once
    expect(await similarity(file, expected)).toBeGreaterThan(0.97)
  })
})

it.each([
  ['4/3', 427, 180],
  ['8/9', 284, 180],
])('makes pixels of %s square', async (aspect, shownWidthPx, shownHeightPx) => {
  const path = await film(`sar-${aspect.replace('/', '-')}.mkv`, `setsar=${aspect}`)
  const geometry = { widthPx: shownWidthPx, heightPx: shownHeightPx, fill: 'white' } as const
  const { file, media } = await takePicture(path, folder, { geometry, format: 'png' })
  expect(media).toMatchObject({ displayWidthPx: shownWidthPx, displayHeightPx: shownHeightPx })
  expect(await similarity(file, await reference(shownWidthPx, shownHeightPx, 'stretch'))).toBeGreaterThan(0.97)
})

it('keeps odd sizes to the pixel', async () => {
  const path = await film('odd.mkv', 'scale=319:177:flags=lanczos,setsar=1')
  const geometry = { widthPx: 319, heightPx: 177, fill: 'black' } as const
  const { file, media } = await takePicture(path, folder, { geometry, format: 'png' })
  expect(media).toMatchObject({ displayWidthPx: 319, displayHeightPx: 177 })
  expect(await similarity(file, await reference(319, 177, 'stretch'))).toBeGreaterThan(0.97)
})

it.each([
  ['the same shape', 'scale=160:90'],
  ['another shape, in bars', 'crop=180:180'],
  ['another pixel aspect', 'scale=180:180,setsar=16/9'],
] as const)('shows a film undistorted after it goes on in %s', async (name, filter) => {
  const streams = await Promise.all([
    film(`first-${name}.ts`, 'null', ['-muxdelay', '0']),
    film(`second-${name}.ts`, filter, ['-muxdelay', '0', '-output_ts_offset', '1']),
  ])
  const path = join(folder, `both-${name}.ts`)
  await writeFile(path, Buffer.concat(await Promise.all(streams.map((stream) => readFile(stream)))))
  const geometry = { widthPx, heightPx, fill: 'black' } as const
  const { file, media } = await takePicture(path, folder, { geometry, format: 'png', atMs: 1600 })
  expect(media.durationMs).toBeGreaterThan(1900)
  const square = sharp(join(folder, 'scene.png')).extract({ left: 70, top: 0, width: 180, height: 180 })
  const barred = square.extend({ left: 70, right: 70, background: 'black' })
  const expected = name.includes('bars') ? await barred.png().toBuffer() : await reference(widthPx, heightPx, 'stretch')
  expect(await similarity(file, expected)).toBeGreaterThan(0.95)
})

it.each([
  ['both sides', [160, 120], false, [160, 120]],
  ['a width alone', [160, 0], false, [160, 284]],
  ['adaptive: the long side alone', [160, 0], true, [90, 160]],
  ['adaptive: both', [160, 120], true, [120, 160]],
  ['none', [0, 0], true, [180, 320]],
] as const)(
  'sizes a portrait by %s',
  async (name, [width, height], resolutionAdaptive, [expectedWidth, expectedHeight]) => {
    const path = await film(`portrait-${name}.mkv`, 'transpose=clock')
    const probe = await takePicture(path, folder, { geometry: { widthPx: 16, heightPx: 16, fill: 'black' } })
    const template = { widthPx: width, heightPx: height, resolutionAdaptive, fill: 'black', format: 'png' } as const
    const settings = { ...template, ...pictureDefaults }
    const { geometry } = coverBySnapshot.plan({ settings, request: { position: { unit: 's', value: 0 } } }, probe.media)
    const { file } = await takePicture(path, folder, { geometry, format: 'png' })
    const portrait = sharp(join(folder, 'scene.png')).rotate(90)
    const fitted = sharp(await portrait.png().toBuffer()).resize(expectedWidth, expectedHeight, {
      fit: 'contain',
      background: 'black',
    })
    expect(await similarity(file, await fitted.removeAlpha().png().toBuffer())).toBeGreaterThan(0.97)
  },
)
