import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { testMediaTools } from './test-media-tools'

const run = promisify(execFile)
const mostBytes = 512 * 1024 * 1024

export interface WholeDecode {
  readonly path: string
  readonly streamIndex?: number
  readonly widthPx: number
  readonly heightPx: number
  /** The filter that turns the coded picture upright; ffmpeg's own turning is off then. */
  readonly upright?: string
}

export interface DecodedFrame {
  /** Presentation time from the first frame. */
  readonly ptsMs: number
  readonly keyframe: boolean
  /** 8-bit RGB. */
  readonly pixels: Buffer
}

/**
 * Every frame that one plain pass over the file shows, in the order they are shown: no seeking, no index, no code of the
 * product, so that its pictures can be held against them.
 */
export async function decodeWhole(whole: WholeDecode): Promise<readonly DecodedFrame[]> {
  const { path, streamIndex = 0, widthPx, heightPx, upright } = whole
  const turn = upright === undefined ? [] : ['-noautorotate']
  const picture = `scale=${widthPx}:${heightPx}:flags=bicubic+full_chroma_int+accurate_rnd,setsar=1,format=rgb24`
  const filters = ['showinfo=checksum=0', ...(upright === undefined ? [] : [upright]), picture]
  const args = [
    '-nostdin',
    '-nostats',
    '-copyts',
    ...turn,
    '-i',
    path,
    '-map',
    `0:${streamIndex}`,
    '-vf',
    filters.join(),
  ]
  const { stdout, stderr } = await run(
    testMediaTools().ffmpegPath,
    [...args, '-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'],
    { encoding: 'buffer', maxBuffer: mostBytes },
  )
  const shown = framesIn(stderr.toString())
  const frameBytes = widthPx * heightPx * 3
  if (shown.length === 0 || stdout.length !== shown.length * frameBytes) {
    throw new Error(`A whole decode of ${path} gave ${shown.length} times, and ${stdout.length / frameBytes} pictures.`)
  }
  const startMs = Math.min(...shown.map(({ ptsMs }) => ptsMs))
  return shown
    .map(({ ptsMs, keyframe }, frame) => ({
      ptsMs: ptsMs - startMs,
      keyframe,
      pixels: stdout.subarray(frame * frameBytes, (frame + 1) * frameBytes),
    }))
    .sort((a, b) => a.ptsMs - b.ptsMs)
}

/** Times from the ticks: the seconds that `showinfo` writes have six digits in all. */
function framesIn(log: string): readonly Omit<DecodedFrame, 'pixels'>[] {
  const [, numerator = NaN, denominator = NaN] = (/config in time_base: (\d+)\/(\d+)/.exec(log) ?? []).map(Number)
  return [...log.matchAll(/\] n: *\d+ pts: *(-?\d+) .*? iskey:([01])/g)].map(([, ticks, key]) => ({
    ptsMs: (Number(ticks) * numerator * 1000) / denominator,
    keyframe: key === '1',
  }))
}

/** How alike two pictures of the same size are, in dB: above 40 the eye sees no difference; Infinity for equal ones. */
export function psnrDb(first: Buffer, second: Buffer): number {
  if (first.length !== second.length) throw new Error(`Pictures of ${first.length} and ${second.length} bytes.`)
  let squares = 0
  for (let place = 0; place < first.length; place += 1) squares += ((first[place] ?? 0) - (second[place] ?? 0)) ** 2
  return 10 * Math.log10(255 ** 2 / (squares / first.length))
}
