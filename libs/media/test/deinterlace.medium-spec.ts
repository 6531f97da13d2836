import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { takePicture, testMediaTools } from '@libs/testing'
import sharp from 'sharp'

const run = promisify(execFile)
const tools = testMediaTools()
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deinterlace-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const [widthPx, heightPx] = [320, 240]
/** The bar's left edge goes this much further in every field, so it is at another place in each of a frame's two. */
const stepPx = 8

/** A white bar on black that runs to the right, a field at a time. */
async function makeRunner(path: string, first: 'top' | 'bottom', encoding: readonly string[]): Promise<void> {
  const bar = `color=black:s=${widthPx}x${heightPx}:r=50:d=1,geq=lum='if(between(X-${stepPx}*N,10,60),235,16)':cb=128:cr=128`
  const woven = `tinterlace=${first === 'top' ? 'interleave_top' : 'interleave_bottom'},setfield=${first === 'top' ? 'tff' : 'bff'}`
  const input = ['-v', 'error', '-y', '-f', 'lavfi', '-i', bar, '-vf', `${woven},format=yuv420p`]
  await run(tools.ffmpegPath, [...input, ...encoding, path])
}

/** How far the bar's left edge is from that of the line below, on average, and where it is. */
async function edge(file: string): Promise<{ readonly combingPx: number; readonly atPx: number }> {
  const { data, info } = await sharp(file).greyscale().raw().toBuffer({ resolveWithObject: true })
  const lines = Array.from({ length: info.height - 8 }, (_, line) => {
    const start = (line + 4) * info.width * info.channels
    return Array.from({ length: info.width }, (__, x) => data[start + x * info.channels] ?? 0).findIndex(
      (luma) => luma > 128,
    )
  })
  const steps = lines.slice(1).map((atPx, line) => Math.abs(atPx - (lines[line] ?? NaN)))
  return {
    combingPx: steps.reduce((sum, step) => sum + step, 0) / steps.length,
    atPx: lines.reduce((sum, atPx) => sum + atPx, 0) / lines.length,
  }
}

const mpeg2 = ['-c:v', 'mpeg2video', '-q:v', '2', '-flags', '+ilme+ildct', '-bf', '2']
const h264 = ['-c:v', 'libx264', '-crf', '8', '-flags', '+ilme+ildct']

describe.each([
  ['MPEG-2, top field first', 'ts', 'top', mpeg2],
  ['MPEG-2, bottom field first', 'mpg', 'bottom', mpeg2],
  ['H.264 in MP4', 'mp4', 'top', [...h264, '-x264-params', 'tff=1']],
  ['H.264, bottom field first', 'mkv', 'bottom', [...h264, '-x264-params', 'bff=1']],
  ['ProRes', 'mov', 'top', ['-c:v', 'prores_ks', '-flags', '+ilme+ildct']],
] as const)('a moving edge in %s', (name, extension, first, encoding) => {
  it('is one edge, where it is in the first field of the frame at its time', async () => {
    const path = join(folder, `${name}.${extension}`)
    await makeRunner(path, first, encoding)
    const geometry = { widthPx, heightPx, fill: 'stretch' } as const
    for (const atMs of [0, 200, 240, 400]) {
      const { file, media } = await takePicture(path, folder, { geometry, format: 'png', atMs })
      expect(media.pixels?.interlaced).toBe(true)
      const { combingPx, atPx } = await edge(file)
      expect(combingPx).toBeLessThan(0.5)
      expect(Math.abs(atPx - (10 + stepPx * (atMs / 20)))).toBeLessThan(2)
    }
  })
})

it('combs where nothing is done against it, by the measure of these tests', async () => {
  const path = join(folder, 'woven.ts')
  await makeRunner(path, 'top', mpeg2)
  const png = join(folder, 'woven.png')
  await run(tools.ffmpegPath, ['-v', 'error', '-y', '-i', path, '-frames:v', '1', png])
  expect((await edge(png)).combingPx).toBeGreaterThan(stepPx / 2)
})

it('leaves the lines of a progressive video as sharp as they are', async () => {
  const path = join(folder, 'lines.mkv')
  const lines = `color=black:s=${widthPx}x${heightPx}:r=25:d=0.4,geq=lum='if(mod(Y,2),235,16)':cb=128:cr=128,format=yuv420p`
  await run(tools.ffmpegPath, ['-v', 'error', '-y', '-f', 'lavfi', '-i', lines, '-c:v', 'ffv1', path])
  const geometry = { widthPx, heightPx, fill: 'stretch' } as const
  const { file, media } = await takePicture(path, folder, { geometry, format: 'png' })
  expect(media.pixels?.interlaced).toBe(false)
  const { data } = await sharp(file).greyscale().raw().toBuffer({ resolveWithObject: true })
  expect([data[10 * widthPx], data[11 * widthPx]]).toEqual([0, 255])
})
