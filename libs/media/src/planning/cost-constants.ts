/** Fitted by `npm run bench -- fit`; do not edit by hand. */
export const costConstants: {
  /** Starting one ffmpeg. */
  readonly processMs: number
  /** Opening, probing and seeking in one input. */
  readonly inputMs: number
  /** Decoding on one core, by ffmpeg's names of codecs: what pixels cost whatever is coded in them. */
  readonly decodeMsPerMegapixel: Readonly<Record<string, number>>
  /** Decoding on one core, by ffmpeg's names of codecs: what coded bytes cost besides. */
  readonly decodeMsPerMegabyte: Readonly<Record<string, number>>
  /** Reading one decoded frame for its picture, by the frame's pixels. */
  readonly scaleMsPerMegapixel: number
  /** Writing one picture, by its own pixels. */
  readonly encodeMsPerMegapixel: number
  /** How much faster one process decodes with two threads than with one. */
  readonly threadingGain: number
} = {
  processMs: 67,
  decodeMsPerMegapixel: { h264: 1.1, hevc: 2.5, vp9: 0.52, av1: 0.73, other: 1.1 },
  decodeMsPerMegabyte: { h264: 150, hevc: 280, vp9: 210, av1: 82, other: 150 },
  inputMs: 38,
  encodeMsPerMegapixel: 11,
  scaleMsPerMegapixel: 1.5,
  threadingGain: 1.4,
}
