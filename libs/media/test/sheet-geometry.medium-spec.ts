import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SharpImageComposer } from '@libs/media'
import sharp from 'sharp'

const composer = new SharpImageComposer()
const { signal } = new AbortController()
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sheets-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Of eight colours, so that neither neighbours nor cells a row apart are alike. */
function colourOf(cell: number, columns: number): readonly number[] {
  const colour = (cell + 3 * Math.floor(cell / columns)) % 7
  return [4, 2, 1].map((bit) => ((colour + 1) & bit ? 210 : 40))
}

async function paintCells(widthPx: number, heightPx: number, columns: number): Promise<readonly string[]> {
  return Promise.all(
    Array.from({ length: 7 * columns }, async (_, cell) => {
      const [r = 0, g = 0, b = 0] = colourOf(cell, columns)
      const path = join(folder, `${widthPx}x${heightPx}-${columns}-${cell}.png`)
      await sharp({ create: { width: widthPx, height: heightPx, channels: 3, background: { r, g, b } } })
        .png()
        .toFile(path)
      return path
    }),
  )
}

it.each([
  [1, 1, 640, 360, 1, 'jpg'],
  [1, 9, 141, 79, 9, 'png'],
  [9, 1, 33, 80, 9, 'webp'],
  [10, 10, 142, 80, 100, 'jpg'],
  [7, 5, 33, 21, 31, 'png'],
  [3, 2, 150, 90, 5, 'avif'],
  [100, 60, 16, 16, 6000, 'jpg'],
] as const)('puts every cell of %d x %d in its place', async (...grid) => {
  const [columns, rows, widthPx, heightPx, count, format] = grid
  const files = await paintCells(widthPx, heightPx, columns)
  const cells = Array.from({ length: count }, (_, cell) => ({
    path: files[cell % files.length] ?? '',
    leftPx: (cell % columns) * widthPx,
    topPx: Math.floor(cell / columns) * heightPx,
  }))
  const path = join(folder, `${columns}x${rows}.${format}`)
  const size = { widthPx: columns * widthPx, heightPx: rows * heightPx }
  await composer.composeSheet(
    { ...size, background: '#000000', cells, encoding: { format, quality: 90, chroma: '420' }, path },
    signal,
  )
  expect(await composer.inspect(path)).toMatchObject({ format, ...size })
  const { data } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const seen = Array.from({ length: columns * rows }, (_, cell) => {
    const x = (cell % columns) * widthPx + Math.floor(widthPx / 2)
    const y = Math.floor(cell / columns) * heightPx + Math.floor(heightPx / 2)
    return [0, 1, 2].map((channel) => data[(y * size.widthPx + x) * 3 + channel] ?? NaN)
  })
  const wrong = seen.filter((colour, cell) => {
    const expected = cell < count ? colourOf(cell % files.length, columns) : [0, 0, 0]
    return colour.some((channel, place) => Math.abs(channel - (expected[place] ?? NaN)) > 12)
  })
  expect(wrong).toEqual([])
})
