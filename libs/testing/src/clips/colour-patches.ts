import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { testMediaTools } from './test-media-tools'

const run = promisify(execFile)

/** Red, green and blue, in whatever unit is said. */
export type Patch = readonly [red: number, green: number, blue: number]

/** Shares of red and blue in brightness, by which ITU-R BT.601, BT.709 and BT.2020 define Y'CbCr. */
const weights = { bt601: [0.299, 0.114], bt709: [0.2126, 0.0722], bt2020: [0.2627, 0.0593] } as const

export interface ColourPatches {
  readonly path: string
  /** Signals of 0 to 1; each is a stripe of the picture from top to bottom. */
  readonly patches: readonly Patch[]
  readonly matrix: keyof typeof weights
  readonly range: 'limited' | 'full'
  readonly bitDepth: 8 | 10
  readonly widthPx: number
  readonly heightPx: number
  /** Filters that say how the colours are meant, such as `setparams=colorspace=bt709`, and the tokens of an encoder. */
  readonly meaning?: string
  readonly output: readonly string[]
}

/** Makes a clip of one colour per stripe. Its Y'CbCr is computed here, so that no error of ffmpeg's can undo itself. */
export async function makeColourPatches(clip: ColourPatches): Promise<void> {
  const { path, bitDepth, widthPx, heightPx, meaning = 'null', output } = clip
  const format = bitDepth === 8 ? 'yuv444p' : 'yuv444p10le'
  const subsampled = bitDepth === 8 ? 'yuv420p' : 'yuv420p10le'
  const raw = ['-f', 'rawvideo', '-pixel_format', format, '-video_size', `${widthPx}x${heightPx}`, '-framerate', '5']
  const filters = ['-vf', `format=${subsampled},${meaning}`]
  const making = run(testMediaTools().ffmpegPath, [
    '-v',
    'error',
    '-y',
    ...raw,
    '-i',
    'pipe:0',
    ...filters,
    ...output,
    path,
  ])
  making.child.stdin?.on('error', () => undefined)
  const frame = paint(clip)
  making.child.stdin?.end(Buffer.concat([frame, frame, frame]))
  await making
}

function paint({ patches, matrix, range, bitDepth, widthPx, heightPx }: ColourPatches): Buffer {
  const codes = patches.map((patch) => code(patch, { matrix, range, bitDepth }))
  const planes = [0, 1, 2].map((plane) => {
    const line = Uint16Array.from(
      { length: widthPx },
      (_, x) => codes[Math.floor((x * patches.length) / widthPx)]?.[plane] ?? 0,
    )
    const bytes = bitDepth === 8 ? Buffer.from(Uint8Array.from(line)) : Buffer.from(line.buffer)
    return Buffer.concat(Array.from({ length: heightPx }, () => bytes))
  })
  return Buffer.concat(planes)
}

function code([red, green, blue]: Patch, meant: Pick<ColourPatches, 'matrix' | 'range' | 'bitDepth'>): Patch {
  const [ofRed, ofBlue] = weights[meant.matrix]
  const luma = ofRed * red + (1 - ofRed - ofBlue) * green + ofBlue * blue
  const differences = [(blue - luma) / (2 - 2 * ofBlue), (red - luma) / (2 - 2 * ofRed)] as const
  const most = 2 ** meant.bitDepth - 1
  const unit = 2 ** (meant.bitDepth - 8)
  const [offset, lumaSteps, chromaSteps] =
    meant.range === 'full' ? [0, most, most] : [16 * unit, 219 * unit, 224 * unit]
  const [cb, cr] = differences.map((difference) => clip(128 * unit + chromaSteps * difference, most))
  return [clip(offset + lumaSteps * luma, most), cb ?? 0, cr ?? 0]
}

function clip(value: number, most: number): number {
  return Math.min(most, Math.max(0, Math.round(value)))
}

/** The colours of a picture's stripes, 0 to 255, each read in its middle. */
export async function readColourPatches(imagePath: string, count: number): Promise<readonly Patch[]> {
  const { data, info } = await sharp(imagePath).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return Array.from({ length: count }, (_, stripe) => {
    const x = Math.floor(((stripe + 0.5) * info.width) / count)
    const start = (Math.floor(info.height / 2) * info.width + x) * info.channels
    return [data[start] ?? NaN, data[start + 1] ?? NaN, data[start + 2] ?? NaN]
  })
}
