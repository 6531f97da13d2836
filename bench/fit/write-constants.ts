interface Constants {
  readonly processMs: number
  readonly inputMs: number
  readonly pictureMsPerMegapixel: number
  readonly decodeMsPerMegapixel: Readonly<Record<string, number>>
  readonly threadingGain: number
}

const short = (value: number): string => String(Number(value.toPrecision(2)))

/** The source file that holds the constants. */
export function writeConstants(constants: Constants): string {
  const codecs = Object.entries(constants.decodeMsPerMegapixel).map(([codec, ms]) => `${codec}: ${short(ms)}`)
  return `/** Fitted by \`npm run bench -- fit\`; do not edit by hand. */
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
  processMs: ${short(constants.processMs)},
  inputMs: ${short(constants.inputMs)},
  pictureMsPerMegapixel: ${short(constants.pictureMsPerMegapixel)},
  decodeMsPerMegapixel: { ${codecs.join(', ')} },
  threadingGain: ${short(constants.threadingGain)},
}
`
}
