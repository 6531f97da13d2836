import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { makeColourPatches, readColourPatches, takePicture, testMediaTools } from '@libs/testing'
import type { ColourPatches, Patch } from '@libs/testing'
import sharp from 'sharp'
import { toSdr } from '../src/colour/sdr-cube'
import { nitsToPq } from '../src/colour/transfer'

const run = promisify(execFile)
let folder = ''

beforeAll(async () => {
  // The name is one that a filter would take apart where it is not escaped.
  folder = await mkdtemp(join(tmpdir(), "col'ours, [a];b:c=d-"))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Skin, leaf, sky, and what is near the ends. */
const patches: readonly Patch[] = [
  [0.78, 0.24, 0.16],
  [0.9, 0.7, 0.6],
  [0.2, 0.5, 0.15],
  [0.35, 0.55, 0.85],
  [0.04, 0.04, 0.04],
  [0.5, 0.5, 0.5],
  [1, 1, 1],
  [0.1, 0.1, 0.6],
]

interface Case {
  readonly name: string
  readonly matrix: ColourPatches['matrix']
  readonly range: ColourPatches['range']
  /** As ffmpeg names the matrix; absent: the file says none. */
  readonly tag?: string
  readonly bitDepth?: 8 | 10
  readonly heightPx?: number
}

const cases: readonly Case[] = [
  ...(['limited', 'full'] as const).flatMap((range) => [
    { name: `BT.601, ${range}`, matrix: 'bt601', tag: 'smpte170m', range } as const,
    { name: `BT.709, ${range}`, matrix: 'bt709', tag: 'bt709', range } as const,
    { name: `BT.709 in SD of 10 bits, ${range}`, matrix: 'bt709', tag: 'bt709', range, bitDepth: 10 } as const,
    { name: `BT.2020's matrix alone, ${range}`, matrix: 'bt2020', tag: 'bt2020nc', range } as const,
  ]),
  { name: 'SD that says nothing', matrix: 'bt601', range: 'limited' },
  { name: 'HD that says nothing', matrix: 'bt709', range: 'limited', heightPx: 720 },
  { name: 'BT.601 in HD', matrix: 'bt601', range: 'limited', tag: 'bt470bg', heightPx: 720 },
]

const lossless = ['-c:v', 'ffv1']
const geometry = { widthPx: 640, heightPx: 96, fill: 'stretch' } as const

/** The greatest difference of any channel, of 255. */
function distance(seen: readonly Patch[], expected: readonly Patch[]): number {
  const differences = seen.flatMap((patch, stripe) =>
    patch.map((channel, place) => Math.abs(channel - 255 * (expected[stripe]?.[place] ?? NaN))),
  )
  return Math.max(...differences)
}

describe.each(cases)('$name', ({ name, matrix, range, tag, bitDepth = 8, heightPx = 360 }) => {
  it('is seen in its own colours', async () => {
    const path = join(folder, `${name.replaceAll(' ', '-')}.mkv`)
    const ffmpegRange = range === 'full' ? 'pc' : 'tv'
    await makeColourPatches({
      ...{ path, patches, matrix, range, bitDepth, widthPx: heightPx === 720 ? 1280 : 640, heightPx },
      meaning: `setparams=colorspace=${tag ?? 'unknown'}:range=${tag === undefined ? 'unknown' : ffmpegRange}`,
      output: [...lossless, ...(tag === undefined ? [] : ['-colorspace', tag, '-color_range', ffmpegRange])],
    })
    const jpg = await takePicture(path, folder, { geometry, format: 'jpg', quality: 100, chroma: '444' })
    const png = await takePicture(path, folder, { geometry, format: 'png' })
    expect(jpg.media.pixels).toMatchObject({ matrix: tag ?? '', range, bitDepth })
    expect(distance(await readColourPatches(jpg.file, patches.length), patches)).toBeLessThanOrEqual(4)
    expect(distance(await readColourPatches(png.file, patches.length), patches)).toBeLessThanOrEqual(3)
    const small = await takePicture(path, folder, { geometry, format: 'jpg' })
    expect(distance(await readColourPatches(small.file, patches.length), patches)).toBeLessThanOrEqual(8)
  })
})

/** In cd/m², of BT.2020's primaries: greys from shadow to highlight, then colours at the brightness of a lit room. */
const lights: readonly Patch[] = [
  [0.5, 0.5, 0.5],
  [26, 26, 26],
  [203, 203, 203],
  [1000, 1000, 1000],
  [95, 62, 47],
  [20, 45, 12],
  [55, 80, 150],
  [300, 120, 60],
]

describe('a transparent video', () => {
  /** Red; opaque on the left, half transparent above on the right, clear below. */
  const red = "geq=r=255:g=0:b=0:a='if(lt(X,80),255,if(lt(Y,45),128,0))'"

  it.each([
    ['VP9 in WebM', 'webm', ['-c:v', 'libvpx-vp9', '-pix_fmt', 'yuva420p', '-lossless', '1']],
    [
      'VP8 in WebM',
      'webm',
      ['-c:v', 'libvpx', '-pix_fmt', 'yuva420p', '-auto-alt-ref', '0', '-crf', '4', '-b:v', '2M'],
    ],
    ['QuickTime animation', 'mov', ['-c:v', 'qtrle', '-pix_fmt', 'argb']],
    ['PNG', 'mov', ['-c:v', 'png', '-pix_fmt', 'rgba']],
    ['ProRes 4444', 'mov', ['-c:v', 'prores_ks', '-profile:v', '4444', '-pix_fmt', 'yuva444p10le']],
    ['FFV1', 'mkv', ['-c:v', 'ffv1', '-pix_fmt', 'yuva420p']],
  ] as const)('lies on black: %s', async (name, extension, output) => {
    const path = join(folder, `${name}.${extension}`)
    const source = ['-f', 'lavfi', '-i', `color=c=red:s=160x90:r=5:d=1,format=rgba,${red}`]
    await run(testMediaTools().ffmpegPath, ['-v', 'error', '-y', ...source, ...output, path])
    for (const format of ['jpg', 'png', 'webp'] as const) {
      const whole = { widthPx: 160, heightPx: 90, fill: 'black' } as const
      const { file, media } = await takePicture(path, folder, { geometry: whole, format, quality: 95 })
      expect(media.pixels?.alpha).toBe(true)
      const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true })
      expect(info.channels).toBe(3)
      const redAt = (x: number, y: number) => data[(y * 160 + x) * 3] ?? NaN
      expect(redAt(40, 45)).toBeGreaterThan(245)
      expect(Math.abs(redAt(120, 20) - 128)).toBeLessThan(6)
      expect(redAt(120, 70)).toBeLessThan(6)
    }
  })
})

describe('HDR', () => {
  const hdr10 = 'colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:hdr10=1:max-cll=1000,200'

  it('comes out of PQ with its greys neutral, its white near white and its hues kept', async () => {
    const path = join(folder, 'pq.mp4')
    const signals = lights.map(([red, green, blue]): Patch => [nitsToPq(red), nitsToPq(green), nitsToPq(blue)])
    await makeColourPatches({
      ...{ path, patches: signals, matrix: 'bt2020', range: 'limited', bitDepth: 10, widthPx: 640, heightPx: 96 },
      output: ['-c:v', 'libx265', '-x265-params', `log-level=1:lossless=1:${hdr10}`],
    })
    const { file, media } = await takePicture(path, folder, { geometry, format: 'png' })
    expect(media.pixels).toMatchObject({ transfer: 'smpte2084', primaries: 'bt2020', peakNits: 1000, bitDepth: 10 })
    const seen = await readColourPatches(file, lights.length)
    const expected = signals.map((signal) => toSdr(signal, { transfer: 'pq', primaries: 'bt2020', peakNits: 1000 }))
    expect(distance(seen.slice(0, 4), expected)).toBeLessThanOrEqual(2)
    // Between the points of the table, dark channels of strong colours are a little off.
    expect(distance(seen, expected)).toBeLessThanOrEqual(8)
    for (const grey of seen.slice(0, 4)) expect(Math.max(...grey) - Math.min(...grey)).toBeLessThanOrEqual(2)
    expect(seen[2]?.[1]).toBeGreaterThan(222)
    expect(seen[2]?.[1]).toBeLessThan(240)
  })

  it('comes out of HLG with the same white', async () => {
    const path = join(folder, 'hlg.mkv')
    const signals: readonly Patch[] = [0.1, 0.38, 0.5, 0.75, 1].map((signal) => [signal, signal, signal])
    const tags = ['-color_primaries', 'bt2020', '-color_trc', 'arib-std-b67', '-colorspace', 'bt2020nc']
    await makeColourPatches({
      ...{ path, patches: signals, matrix: 'bt2020', range: 'limited', bitDepth: 10, widthPx: 640, heightPx: 96 },
      meaning: 'setparams=colorspace=bt2020nc:color_primaries=bt2020:color_trc=arib-std-b67:range=tv',
      output: [...lossless, ...tags, '-color_range', 'tv'],
    })
    const { file } = await takePicture(path, folder, { geometry, format: 'jpg', quality: 95 })
    const greys = (await readColourPatches(file, signals.length)).map(([, green]) => green)
    expect(greys.toSorted((a, b) => a - b)).toEqual(greys)
    expect(greys[3]).toBeGreaterThan(222)
    expect(greys[3]).toBeLessThan(240)
    expect(greys[4]).toBeGreaterThan(252)
  })
})
