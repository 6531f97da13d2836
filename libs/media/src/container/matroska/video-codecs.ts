import type { NalReader } from '../nal-units'
import { nalReaderOf } from '../nal-units'

/** What has to be known of a codec to take its blocks apart. */
export interface VideoCodec {
  /** ffmpeg's name. */
  readonly name: string
  /** How many pictures may come before one in the file and yet be shown after it. */
  readonly mostReordered: number
  /** Whether a block holds nothing but a picture that later ones refer to, by its first and last byte. Absent: none does. */
  readonly mayHide?: (first: number, last: number) => boolean
  readonly nalReader?: (configuration: Buffer) => NalReader
}

/** The size of the largest decoded picture buffer (ITU-T H.264, A.3.1; H.265, A.4.2). */
const mostHeldBack = 16

/** By Matroska's ids of codecs whose blocks each show one picture at most, at the block's time. */
export const videoCodecs: ReadonlyMap<string, VideoCodec> = new Map<string, VideoCodec>([
  ['V_VP8', { name: 'vp8', mostReordered: 0, mayHide: hidesVp8 }],
  ['V_VP9', { name: 'vp9', mostReordered: 0, mayHide: hidesVp9 }],
  ['V_AV1', { name: 'av1', mostReordered: 0 }],
  ['V_MPEG4/ISO/AVC', withNals('h264')],
  ['V_MPEGH/ISO/HEVC', withNals('hevc')],
])

function withNals(name: 'h264' | 'hevc'): VideoCodec {
  return { name, mostReordered: mostHeldBack, nalReader: (configuration) => nalReaderOf(name, configuration) }
}

/** RFC 6386, section 9.1: bit 4 of a frame says whether it is shown. */
function hidesVp8(first: number): boolean {
  return (first & 0x10) === 0
}

/**
 * VP9 bitstream specification, section 6.2: marker, profile and, in profile 3, a reserved bit; then `show_existing_frame`,
 * `frame_type` and `show_frame`. A hidden frame comes along with a shown one in a superframe, whose last byte (annex B)
 * starts with 110.
 */
function hidesVp9(first: number, last: number): boolean {
  const showFrameBit = (first & 0x30) === 0x30 ? 0 : 1
  const showsExisting = (first >> (showFrameBit + 2)) & 1
  const showsFrame = (first >> showFrameBit) & 1
  return showsExisting === 0 && showsFrame === 0 && (last & 0xe0) !== 0xc0
}
