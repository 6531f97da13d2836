import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { testMediaTools } from './test-media-tools'

const run = promisify(execFile)

/** The number stands in bits, the highest first, in a row of blocks along the top; the rest is a pattern that moves. */
const bits = 8
const blockPart = 1 / 3
const darkLuma = 40
const lightLuma = 210
/** Between the two, when a picture is read in any range and transfer. */
const leastContrast = 60

export interface FrameClock {
  /** The container follows from the extension. */
  readonly path: string
  /** At most 256. */
  readonly frames: number
  /** In Hz, as ffmpeg writes it, such as `30000/1001`. */
  readonly rate?: string
  readonly widthPx?: number
  readonly heightPx?: number
  /** The number that the first frame shows. */
  readonly firstNumber?: number
  /** Tokens for further inputs. */
  readonly inputs?: readonly string[]
  /** Tokens for filters, encoders and the muxer. */
  readonly output: readonly string[]
}

/** Makes a clip whose every frame shows its own number, so that no two look alike, neighbours least of all. */
export async function makeFrameClock(clock: FrameClock): Promise<void> {
  const { frames, rate = '25', widthPx = 128, heightPx = 72, firstNumber = 0 } = clock
  const raw = ['-f', 'rawvideo', '-pixel_format', 'yuv420p', '-video_size', `${widthPx}x${heightPx}`]
  const input = ['-v', 'error', '-y', ...raw, '-framerate', rate, '-i', 'pipe:0', ...(clock.inputs ?? [])]
  const making = run(testMediaTools().ffmpegPath, [...input, ...clock.output, clock.path])
  // An ffmpeg that refuses its arguments reads nothing; what it says then is the better error.
  making.child.stdin?.on('error', () => undefined)
  const painted = Array.from({ length: frames }, (_, frame) => paint(firstNumber + frame, widthPx, heightPx))
  making.child.stdin?.end(Buffer.concat(painted))
  await making
}

/** One frame as planes of Y, U and V, the colours at half the size. */
function paint(number: number, widthPx: number, heightPx: number): Buffer {
  const luma = plane(widthPx, heightPx, (x, y) =>
    y < heightPx * blockPart
      ? blockLuma(number, Math.floor((x * bits) / widthPx))
      : 125 + 70 * Math.sin((x + 5 * number) / 9) * Math.cos((y - 3 * number) / 7),
  )
  const [colourWidthPx, colourHeightPx] = [Math.ceil(widthPx / 2), Math.ceil(heightPx / 2)]
  const blue = plane(colourWidthPx, colourHeightPx, (x) => 128 + 40 * Math.sin((x + number) / 20))
  const red = plane(colourWidthPx, colourHeightPx, (_, y) => 128 + 40 * Math.sin((y - number) / 15))
  return Buffer.concat([luma, blue, red])
}

function plane(widthPx: number, heightPx: number, colour: (x: number, y: number) => number): Buffer {
  const bytes = Buffer.alloc(widthPx * heightPx)
  for (let y = 0; y < heightPx; y += 1) for (let x = 0; x < widthPx; x += 1) bytes[y * widthPx + x] = colour(x, y)
  return bytes
}

function blockLuma(number: number, block: number): number {
  return (number >> (bits - 1 - block)) & 1 ? lightLuma : darkLuma
}

/**
 * The number that a picture of an upright frame clock shows, whatever its size and colours.
 * @throws Error when its blocks are neither dark nor light, as in a grey or a smeared picture
 */
export async function readFrameNumber(imagePath: string): Promise<number> {
  const { data, info } = await sharp(imagePath).greyscale().raw().toBuffer({ resolveWithObject: true })
  const y = Math.floor((info.height * blockPart) / 2)
  const blocks = Array.from({ length: bits }, (_, block) => {
    const x = Math.floor(((block + 0.5) * info.width) / bits)
    return data[(y * info.width + x) * info.channels] ?? NaN
  })
  // The pattern below lies between the two, so it tells them apart in a picture of any brightness.
  const below = data.subarray(Math.ceil(info.height * blockPart + 1) * info.width * info.channels)
  const lumas = below.filter((_, place) => place % info.channels === 0)
  const darkest = lumas.reduce((least, luma) => Math.min(least, luma))
  const middle = (darkest + lumas.reduce((most, luma) => Math.max(most, luma))) / 2
  const clear = blocks.every((luma) => Math.abs(luma - middle) > leastContrast / 2)
  if (!clear) throw new Error(`${imagePath} shows no number: ${blocks.join(' ')} around ${middle.toFixed(0)}`)
  return blocks.reduce((number, luma) => number * 2 + (luma > middle ? 1 : 0), 0)
}
