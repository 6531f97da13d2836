import { costConstants } from './cost-constants'

/** What decoding costs depends on this of the video. */
export interface VideoFacts {
  /** ffmpeg's name. */
  readonly codec: string
  /** Of a coded frame. */
  readonly pixels: number
}

/** Work for ffmpeg, as planned. */
export interface CaptureWork {
  readonly processes: number
  /** Inputs that are opened, probed and seeked in; an excerpt is none. */
  readonly inputs: number
  readonly frames: number
  readonly pictures: number
}

const { processMs, inputMs, pictureMsPerMegapixel, decodeMsPerMegapixel, threadingGain } = costConstants

/** Decoding one frame on one core. */
export function decodeMs({ codec, pixels }: VideoFacts): number {
  return ((decodeMsPerMegapixel[codec] ?? decodeMsPerMegapixel['other'] ?? 0) * pixels) / 1e6
}

/** Opening another input costs as much as decoding this many frames. */
export function framesWorthASeek(video: VideoFacts): number {
  return inputMs / decodeMs(video)
}

/**
 * How long the work takes on the wall when it is spread evenly over the lanes; a single process has threads instead.
 * The constants are fitted by `npm run bench -- fit`.
 */
export function predictMs(
  { processes, inputs, frames, pictures }: CaptureWork,
  video: VideoFacts,
  lanes: number,
): number {
  const perFrame = decodeMs(video)
  const perPicture = (pictureMsPerMegapixel * video.pixels) / 1e6
  const workMs = inputs * inputMs + frames * perFrame + pictures * perPicture
  const speed = processes === 1 ? (lanes > 1 ? threadingGain : 1) : Math.min(processes, lanes)
  return Math.ceil(processes / lanes) * processMs + workMs / speed
}
