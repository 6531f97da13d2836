import { costConstants } from './cost-constants'

/** What the cost of pictures depends on. */
export interface VideoFacts {
  /** ffmpeg's name. */
  readonly codec: string
  /** Of a coded frame. */
  readonly pixels: number
  /** Of a coded frame, in the mean. */
  readonly frameBytes: number
  /** Of a picture that is made. */
  readonly picturePixels: number
}

/** Frames to decode. */
export interface Coded {
  readonly frames: number
  readonly bytes: number
}

/** Work for ffmpeg, as planned. */
export interface CaptureWork extends Coded {
  readonly processes: number
  /** Inputs that are opened, probed and seeked in; an excerpt is none. */
  readonly inputs: number
  readonly pictures: number
}

const { processMs, inputMs, decodeMsPerMegapixel, decodeMsPerMegabyte } = costConstants
const { scaleMsPerMegapixel, encodeMsPerMegapixel, threadingGain } = costConstants
const mega = 1e6

/** Decoding on one core: every pixel costs, and so does every byte that says what is in them. */
export function decodeMs({ codec, pixels }: Pick<VideoFacts, 'codec' | 'pixels'>, { frames, bytes }: Coded): number {
  const of = (table: Readonly<Record<string, number>>): number => table[codec] ?? table['other'] ?? 0
  return (of(decodeMsPerMegapixel) * pixels * frames + of(decodeMsPerMegabyte) * bytes) / mega
}

/** Making the pictures of decoded frames on one core. */
export function pictureMs({ pixels, picturePixels }: VideoFacts, pictures: number): number {
  return (pictures * (scaleMsPerMegapixel * pixels + encodeMsPerMegapixel * picturePixels)) / mega
}

/** Opening another input costs as much as decoding this many frames. */
export function framesWorthASeek(video: VideoFacts): number {
  return inputMs / decodeMs(video, { frames: 1, bytes: video.frameBytes })
}

/**
 * How long the work takes on the wall when it is spread evenly over the lanes; a single process has threads instead.
 * The constants are fitted by `npm run bench -- fit`.
 */
export function predictMs(work: CaptureWork, video: VideoFacts, lanes: number): number {
  const { processes, inputs, pictures } = work
  const workMs = inputs * inputMs + decodeMs(video, work) + pictureMs(video, pictures)
  const speed = processes === 1 ? (lanes > 1 ? threadingGain : 1) : Math.min(processes, lanes)
  return Math.ceil(processes / lanes) * processMs + workMs / speed
}
