/** Reads and changes the samples of codecs that are made of NAL units, by the units' headers. */
export interface NalReader {
  /** Whether no other picture refers to the sample's, as far as its headers say so for certain. */
  isUnreferenced(sample: Buffer): boolean
  /**
   * The sample of a keyframe, so written that a decoder which has decoded another stretch forgets that one, but still
   * gives out its pictures. @returns undefined where that cannot be said in the sample
   */
  startAnew(keyframe: Buffer): Buffer | undefined
}

/**
 * A reader for samples of length-prefixed NAL units (ISO 14496-15).
 * @param configuration what an `avcC` or `hvcC` box holds, which Matroska calls the codec's private data
 * @throws RangeError when it ends too early
 */
export function nalReaderOf(codec: 'h264' | 'hevc', configuration: Buffer): NalReader {
  if (codec === 'h264') {
    const prefixBytes = (configuration.readUInt8(4) & 3) + 1
    return h264Reader(prefixBytes)
  }
  const layout = configuration.readUInt8(21)
  const prefixBytes = (layout & 3) + 1
  return hevcReader(prefixBytes, ((layout >> 3) & 7) - 1)
}

/** ITU-T H.264, section 7.4.1: types 1 to 5 are slices, 5 of an IDR picture; nal_ref_idc 0 means that nothing refers to it. */
function h264Reader(prefixBytes: number): NalReader {
  const slicesOf = (sample: Buffer): readonly number[] =>
    headersOf(sample, prefixBytes).flatMap((at) => {
      const header = sample.readUInt8(at)
      return (header & 31) >= 1 && (header & 31) <= 5 ? [header] : []
    })
  return {
    isUnreferenced: (sample) => {
      const slices = slicesOf(sample)
      return slices.length > 0 && slices.every((header) => (header & 0x60) === 0)
    },
    startAnew: (keyframe) => (slicesOf(keyframe).some((header) => (header & 31) === 5) ? keyframe : undefined),
  }
}

const cra = 21
const blaWithLeadingPictures = 16

/**
 * ITU-T H.265, table 7-1: to pictures of even types below 16 no picture of their own temporal sub-layer refers, so in the
 * top one no picture at all. A clean random access picture becomes one with a broken link, as where two streams are spliced:
 * only the type differs. An end of sequence would say the same, but makes the decoder drop pictures not yet given out.
 * @param topLayer -1 where the file does not say
 */
function hevcReader(prefixBytes: number, topLayer: number): NalReader {
  const typeAt = (sample: Buffer, at: number): number => (sample.readUInt8(at) >> 1) & 63
  const slicesOf = (sample: Buffer): readonly number[] =>
    headersOf(sample, prefixBytes).filter((at) => typeAt(sample, at) < 32)
  return {
    isUnreferenced: (sample) => {
      const [at] = slicesOf(sample)
      if (at === undefined || topLayer < 0) return false
      const type = typeAt(sample, at)
      return type < 16 && type % 2 === 0 && (sample.readUInt8(at + 1) & 7) - 1 >= topLayer
    },
    startAnew: (keyframe) => {
      const slices = slicesOf(keyframe)
      if (!slices.every((at) => typeAt(keyframe, at) >= 16 && typeAt(keyframe, at) <= cra)) return undefined
      const anew = Buffer.from(keyframe)
      for (const at of slices) {
        if (typeAt(anew, at) === cra) anew[at] = (anew.readUInt8(at) & 0x81) | (blaWithLeadingPictures << 1)
      }
      return anew
    },
  }
}

/** Where the headers of a sample's units are. */
function headersOf(sample: Buffer, prefixBytes: number): readonly number[] {
  const places: number[] = []
  for (let at = 0; at + prefixBytes < sample.length;) {
    places.push(at + prefixBytes)
    at += prefixBytes + sample.readUIntBE(at, prefixBytes)
  }
  return places
}
