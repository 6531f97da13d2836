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
  processMs: 70,
  inputMs: 60,
  pictureMsPerMegapixel: 3,
  decodeMsPerMegapixel: { h264: 4.5, hevc: 9, vp8: 4, vp9: 4, av1: 5, other: 4 },
  threadingGain: 1.6,
}
