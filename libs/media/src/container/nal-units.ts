/** What the headers of NAL units say of a sample's picture. */
export interface CodedPicture {
  /** No other picture refers to it. */
  readonly unreferenced: boolean
  /** Decoding can start here although another stretch was decoded before. */
  readonly resets: boolean
}

export interface NalReader {
  /** @returns undefined when the bytes are not what such a sample looks like */
  read(sample: Buffer): CodedPicture | undefined
  /** What, put behind a sample, tells the decoder that what follows is another stretch. Absent: nothing does. */
  readonly endOfSequence: Buffer | undefined
}

/**
 * A reader for samples of length-prefixed NAL units (ISO 14496-15).
 * @param configuration what an `avcC` or `hvcC` box holds, which Matroska calls the codec's private data
 * @throws RangeError when it ends too early
 */
export function nalReaderOf(codec: 'h264' | 'hevc', configuration: Buffer): NalReader {
  if (codec === 'h264') {
    const prefixBytes = (configuration.readUInt8(4) & 3) + 1
    return { read: (sample) => readH264(sample, prefixBytes), endOfSequence: undefined }
  }
  const layout = configuration.readUInt8(21)
  const prefixBytes = (layout & 3) + 1
  const topLayer = ((layout >> 3) & 7) - 1
  return { read: (sample) => readHevc(sample, prefixBytes, topLayer), endOfSequence: hevcEndOfSequence(prefixBytes) }
}

function* unitsOf(sample: Buffer, prefixBytes: number): Generator<{ readonly at: number; readonly sizeBytes: number }> {
  for (let at = 0; at + prefixBytes < sample.length;) {
    const sizeBytes = sample.readUIntBE(at, prefixBytes)
    yield { at: at + prefixBytes, sizeBytes }
    at += prefixBytes + sizeBytes
  }
}

/** ITU-T H.264, section 7.4.1: types 1 to 5 are slices, 5 of an IDR picture; nal_ref_idc 0 means that nothing refers to it. */
function readH264(sample: Buffer, prefixBytes: number): CodedPicture | undefined {
  let unreferenced = true
  let resets = false
  let slices = 0
  for (const { at } of unitsOf(sample, prefixBytes)) {
    const header = sample.readUInt8(at)
    const type = header & 31
    if (type < 1 || type > 5) continue
    slices += 1
    unreferenced &&= (header & 0x60) === 0
    resets ||= type === 5
  }
  return slices === 0 ? undefined : { unreferenced, resets }
}

/**
 * ITU-T H.265, table 7-1: to pictures of even types below 16 no picture of their own temporal sub-layer refers, so in the
 * top one no picture at all. Types 16 to 23 are random access points; after an end of sequence they reset the decoder.
 * @param topLayer -1 where the file does not say
 */
function readHevc(sample: Buffer, prefixBytes: number, topLayer: number): CodedPicture | undefined {
  for (const { at } of unitsOf(sample, prefixBytes)) {
    const type = (sample.readUInt8(at) >> 1) & 63
    if (type > 31) continue
    const layer = (sample.readUInt8(at + 1) & 7) - 1
    const unreferenced = type < 16 && type % 2 === 0 && topLayer >= 0 && layer >= topLayer
    return { unreferenced, resets: type >= 16 && type <= 23 }
  }
  return undefined
}

/** NAL unit type 36 (ITU-T H.265, section 7.4.2.4.4), in sub-layer 0. */
function hevcEndOfSequence(prefixBytes: number): Buffer {
  const unit = Buffer.alloc(prefixBytes + 2)
  unit.writeUIntBE(2, 0, prefixBytes)
  unit.writeUInt16BE((36 << 9) | 1, prefixBytes)
  return unit
}
