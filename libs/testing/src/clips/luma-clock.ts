import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { testMediaTools } from './test-media-tools'

const run = promisify(execFile)

/** Brightness of second 0 of each ten, and what each second adds; the limits keep every colour inside RGB. */
const darkest = 80
const perSecond = 10
/** Blue difference of the first ten seconds, and what each further ten adds. */
const leastBlue = 101
const perTen = 6

export interface LumaClock {
  /** The container follows from the extension. */
  readonly path: string
  /** At most 100. */
  readonly seconds: number
  readonly framesPerSecond?: number
  readonly widthPx?: number
  readonly heightPx?: number
  /** Filters after the clock's own, such as `setsar=4/3`. */
  readonly filter?: string
  /** A tone beside the picture, as AAC; by default there is no sound. */
  readonly sound?: boolean
  /** Tokens for encoder and muxer; by default H.264 with B-frames and a keyframe every second. */
  readonly encoding?: readonly string[]
}

/** Makes a clip whose every frame tells its own time: brightness the second, blue difference the tens. */
export async function makeLumaClock(clock: LumaClock): Promise<void> {
  const { seconds, framesPerSecond = 25, widthPx = 160, heightPx = 90 } = clock
  const source = `color=s=${widthPx}x${heightPx}:r=${framesPerSecond}:d=${seconds}`
  const second = 'floor(T+0.0001)'
  const paint = `geq=lum=${darkest}+${perSecond}*mod(${second}\\,10):cb=${leastBlue}+${perTen}*floor(${second}/10):cr=128`
  const filters = ['format=yuv420p', paint, ...(clock.filter === undefined ? [] : [clock.filter])]
  const encoding = clock.encoding ?? h264({ gopFrames: Math.round(framesPerSecond) })
  const tone = clock.sound === true ? ['-f', 'lavfi', '-i', `sine=d=${seconds}`, '-c:a', 'aac'] : []
  const input = ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, ...tone, '-vf', filters.join(',')]
  await run(testMediaTools().ffmpegPath, [...input, ...encoding, clock.path])
}

/** Tokens for H.264 at a quality that keeps the clock readable. */
export function h264({ gopFrames, params = '' }: { gopFrames: number; params?: string }): readonly string[] {
  const x264 = ['scenecut=0', ...(params === '' ? [] : [params])].join(':')
  return [
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    '-crf',
    '8',
    '-bf',
    '3',
    '-g',
    String(gopFrames),
    '-x264-params',
    x264,
  ]
}

export interface Region {
  readonly leftPx: number
  readonly topPx: number
  readonly widthPx: number
  readonly heightPx: number
}

/**
 * The second that a picture of the clock shows, read in the middle of it or of a region of it.
 * @throws Error when the colour is none of the clock's
 */
export async function readClock(imagePath: string, region?: Region): Promise<number> {
  const { width, height } = await sharp(imagePath).metadata()
  const { leftPx, topPx, widthPx, heightPx } = region ?? { leftPx: 0, topPx: 0, widthPx: width, heightPx: height }
  const middle = {
    left: leftPx + Math.floor((widthPx * 3) / 8),
    top: topPx + Math.floor((heightPx * 3) / 8),
    width: Math.max(1, Math.floor(widthPx / 4)),
    height: Math.max(1, Math.floor(heightPx / 4)),
  }
  const { channels } = await sharp(await sharp(imagePath).extract(middle).png().toBuffer()).stats()
  const [red = 0, green = 0, blue = 0] = channels.map(({ mean }) => mean)
  const luma = 0.299 * red + 0.587 * green + 0.114 * blue
  const second = (16 + (luma * 219) / 255 - darkest) / perSecond
  const tens = (128 + ((blue - luma) * 224) / (1.772 * 255) - leastBlue) / perTen
  if (Math.abs(second - Math.round(second)) > 0.4 || Math.abs(tens - Math.round(tens)) > 0.45) {
    throw new Error(`${imagePath} shows no time: second ${second.toFixed(2)}, tens ${tens.toFixed(2)}`)
  }
  const shown = Math.round(tens) * 10 + Math.round(second)
  // Not -0, which tests would tell from 0.
  return shown === 0 ? 0 : shown
}
