/** Fitted by `npm run bench -- fit`; do not edit by hand. */
export const costConstants: {
  /** Starting one ffmpeg. */
  readonly processMs: number
  /** Opening, probing and seeking in one input. */
  readonly inputMs: number
  /** Scaling and writing the picture of one decoded frame. */
  readonly pictureMsPerMegapixel: number
  /** Decoding one frame on one core, by ffmpeg's names of codecs. */
  readonly decodeMsPerMegapixel: Readonly<Record<string, number>>
  /** How much faster one process decodes with two threads than with one. */
  readonly threadingGain: number
} = {
  processMs: 46,
  decodeMsPerMegapixel: { h264: 1.8, hevc: 2.5, vp9: 1.9, av1: 1.4, other: 1.8 },
  inputMs: 30,
  pictureMsPerMegapixel: 1.3,
  threadingGain: 1.5,
}
