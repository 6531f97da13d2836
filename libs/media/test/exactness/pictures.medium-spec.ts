import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { FfmpegFrameGrabber, FfmpegMediaProber } from '@libs/media'
import {
  aGrab,
  exactFramesContract,
  h264,
  makeFrameClock,
  readFrameNumber,
  setDisplayMatrix,
  testMediaTools,
} from '@libs/testing'
import type { ExactnessCase } from '@libs/testing'

const run = promisify(execFile)
const ffmpeg = (...args: readonly string[]) => run(testMediaTools().ffmpegPath, ['-v', 'error', '-y', ...args])
const needs = ['libx264'] as const
const closed = h264({ gopFrames: 25 })

function pictured(
  name: string,
  extension: string,
  output: readonly string[],
  given: Partial<ExactnessCase> = {},
): ExactnessCase {
  const { widthPx = 128, heightPx = 72 } = given
  const make = (path: string) => makeFrameClock({ path, frames: 60, widthPx, heightPx, output })
  return { name, extension, needs, make, ...given }
}

function turned(
  name: string,
  matrix: readonly [number, number, number, number],
  upright: string,
  encoding = closed,
): ExactnessCase {
  const standing = upright.startsWith('transpose')
  const [widthPx, heightPx] = standing ? [72, 128] : [128, 72]
  const make = async (path: string) => {
    await makeFrameClock({ path, frames: 60, output: encoding })
    await writeFile(path, setDisplayMatrix(await readFile(path), matrix))
  }
  const media = { displayWidthPx: widthPx, displayHeightPx: heightPx }
  return { name, extension: 'mp4', needs, make, widthPx, heightPx, upright, media }
}

const mjpeg = ['-c:v', 'mjpeg', '-q:v', '2'] as const

describe('display matrices', () => {
  exactFramesContract([
    turned('a quarter turn', [0, 1, -1, 0], 'transpose=clock'),
    turned('half a turn', [-1, 0, 0, -1], 'hflip,vflip'),
    turned('three quarter turns', [0, -1, 1, 0], 'transpose=cclock'),
    turned('mirrored left to right', [-1, 0, 0, 1], 'hflip'),
    turned('mirrored top to bottom', [1, 0, 0, -1], 'vflip'),
    turned('mirrored and a quarter turn', [0, 1, 1, 0], 'transpose=cclock_flip'),
    turned('mirrored and three quarter turns', [0, -1, -1, 0], 'transpose=clock_flip'),
    turned('a quarter turn of MJPEG', [0, 1, -1, 0], 'transpose=clock', [...mjpeg]),
  ])
})

const shape = (displayWidthPx: number, displayHeightPx: number) => ({ media: { displayWidthPx, displayHeightPx } })

describe('shapes', () => {
  exactFramesContract([
    pictured('wide pixels', 'mp4', ['-vf', 'setsar=4/3', ...closed], shape(171, 72)),
    pictured('narrow pixels in Matroska', 'mkv', ['-vf', 'setsar=1/2', ...closed], shape(64, 72)),
    pictured('an odd width', 'mp4', [...closed, '-pix_fmt', 'yuv444p'], { widthPx: 131, heightPx: 72 }),
    pictured('odd sides', 'mkv', ['-c:v', 'libvpx-vp9', '-b:v', '2M', '-deadline', 'realtime', '-g', '20'], {
      ...{ needs: ['libvpx-vp9'], widthPx: 131, heightPx: 73, ...shape(131, 73) },
    }),
    pictured('sides that the codec rounds up', 'mp4', closed, { widthPx: 130, heightPx: 70, ...shape(130, 70) }),
    pictured('a tall picture', 'mp4', closed, { widthPx: 72, heightPx: 160, ...shape(72, 160) }),
  ])
})

const interlaced = ['-vf', 'interlace=scan=tff:lowpass=off'] as const

/** What the product does to fields, so that a plain decode has the same. */
const whole = { upright: 'estdif=mode=frame:deint=interlaced' } as const

describe('fields', () => {
  const inMp4 = [...interlaced, ...h264({ gopFrames: 25, params: 'tff=1' }), ...['-flags', '+ilme+ildct']]
  const mpeg2 = ['-c:v', 'mpeg2video', '-q:v', '2', '-bf', '2', '-g', '12', '-flags', '+ilme+ildct']
  exactFramesContract([
    { ...pictured('H.264 of frames that hold two fields', 'mp4', inMp4), ...whole },
    { ...pictured('MPEG-2 of frames that hold two fields', 'ts', [...interlaced, ...mpeg2]), ...whole },
  ])
})

const tagged = (primaries: string, transfer: string, matrix: string, range = 'tv') =>
  ['-color_primaries', primaries, '-color_trc', transfer, '-colorspace', matrix, '-color_range', range] as const

describe('colours', () => {
  exactFramesContract([
    pictured('BT.601', 'mp4', [...closed, ...tagged('smpte170m', 'smpte170m', 'smpte170m')]),
    pictured('BT.709', 'mp4', [...closed, ...tagged('bt709', 'bt709', 'bt709')]),
    pictured('BT.709 of full range', 'mp4', [...closed, ...tagged('bt709', 'bt709', 'bt709', 'pc')]),
    pictured('full range of JPEG', 'mkv', [...mjpeg, '-pix_fmt', 'yuvj422p'], { needs: ['mjpeg'] }),
    pictured('grey', 'mkv', ['-c:v', 'ffv1', '-pix_fmt', 'gray'], { needs: ['ffv1'] }),
    pictured('RGB', 'mov', ['-c:v', 'qtrle', '-pix_fmt', 'rgb24'], { needs: ['qtrle'] }),
    pictured('RGB of H.264', 'mp4', ['-c:v', 'libx264rgb', '-qp', '0', '-preset', 'ultrafast'], {
      needs: ['libx264rgb'],
    }),
    pictured('alpha of ProRes', 'mov', ['-c:v', 'prores_ks', '-profile:v', '4444', '-pix_fmt', 'yuva444p10le'], {
      needs: ['prores_ks'],
    }),
    pictured('alpha of VP9', 'webm', ['-c:v', 'libvpx-vp9', '-pix_fmt', 'yuva420p', '-b:v', '2M', '-cpu-used', '8'], {
      needs: ['libvpx-vp9'],
    }),
    pictured('alpha of PNG', 'mov', ['-c:v', 'png', '-pix_fmt', 'rgba'], { needs: ['png'] }),
  ])
})

/** A second video beside the clock, whose every picture is plain red. */
function beside(name: string, extension: string, output: readonly string[], streamIndex: number): ExactnessCase {
  const inputs = ['-f', 'lavfi', '-i', 'color=red:s=256x144:d=2.4']
  const make = (path: string) => makeFrameClock({ path, frames: 60, inputs, output: [...closed, ...output] })
  return { name, extension, needs, make, streamIndex }
}

const clockFirst = ['-map', '0:v', '-map', '1:v'] as const
const redFirst = ['-map', '1:v', '-map', '0:v'] as const
const cover = ['-frames:v:1', '1', '-c:v:1', 'mjpeg', '-bf:v:1', '0', '-disposition:v:1', 'attached_pic'] as const

describe('several streams', () => {
  exactFramesContract([
    beside('the first where none is marked', 'mkv', [...clockFirst, '-disposition:v', '0'], 0),
    beside('the one that is marked', 'mkv', [...redFirst, '-disposition:v:0', '0', '-disposition:v:1', 'default'], 1),
    beside('the film beside a cover', 'mp4', [...clockFirst, ...cover], 0),
    beside('the first of two in a transport stream', 'ts', clockFirst, 0),
    pictured('the picture after the sound', 'mp4', [...closed, '-map', '1:a', '-map', '0:v'], {
      streamIndex: 1,
      make: (path) =>
        makeFrameClock({
          path,
          frames: 60,
          inputs: ['-f', 'lavfi', '-i', 'sine=d=2.4'],
          output: [...closed, '-map', '1:a', '-map', '0:v'],
        }),
    }),
  ])
})

/** Two sizes in one stream, as a broadcaster switches them; every picture has the size that the film starts with. */
async function joinSizes(path: string, encoding: readonly string[]): Promise<void> {
  const parts = ['first', 'second'].map((part) => `${path}.${part}.ts`)
  const sizes = [
    { widthPx: 128, heightPx: 72 },
    { widthPx: 192, heightPx: 108 },
  ]
  for (const [index, size] of sizes.entries()) {
    const part = parts[index] ?? ''
    const later = ['-output_ts_offset', String(index * 2), '-muxdelay', '0']
    await makeFrameClock({ path: part, frames: 50, firstNumber: index * 50, ...size, output: [...encoding, ...later] })
  }
  const whole = Buffer.concat(await Promise.all(parts.map((part) => readFile(part))))
  if (path.endsWith('.ts')) return writeFile(path, whole)
  await writeFile(`${path}.ts`, whole)
  await ffmpeg('-i', `${path}.ts`, '-c', 'copy', path)
}

describe('a change of size in mid-stream', () => {
  const resized = (extension: string, encoding: readonly string[] = closed): ExactnessCase => ({
    ...{ name: `in ${extension}`, extension, needs },
    make: (path) => joinSizes(path, encoding),
  })
  exactFramesContract([resized('ts'), resized('mkv'), resized('mp4')])
})

/** Their colours are brought to those of a screen, so that no plain decode has the same; the numbers stay. */
describe('colours beyond those of a picture', () => {
  it.each([
    ['HDR10', 'smpte2084'],
    ['HLG', 'arib-std-b67'],
    ['BT.2020', 'bt2020-10'],
  ])('%s shows the right frame', async (name, transfer) => {
    const folder = await mkdtemp(join(tmpdir(), 'exactness-hdr-'))
    try {
      const path = join(folder, `${name}.mp4`)
      const params = `log-level=1:keyint=20:colorprim=bt2020:transfer=${transfer}:colormatrix=bt2020nc`
      const encoding = ['-c:v', 'libx265', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p10le', '-x265-params', params]
      await makeFrameClock({ path, frames: 60, output: encoding })
      const { signal } = new AbortController()
      const media = await new FfmpegMediaProber(testMediaTools()).probe(path, signal)
      const atMs = [2360, 0, 39.99, 1000, 1439.99, 1880, 2399]
      const taken = await new FfmpegFrameGrabber(testMediaTools()).grab(
        aGrab({ path, media, atMs, folder, geometry: { widthPx: 128, heightPx: 72, fill: 'stretch' } }),
        signal,
      )
      expect(await Promise.all(taken.map((picture) => readFrameNumber(picture.path)))).toEqual([
        59, 0, 0, 25, 35, 47, 59,
      ])
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
