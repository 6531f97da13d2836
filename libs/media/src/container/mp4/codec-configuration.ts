import type { NalReader } from '../nal-units'
import { nalReaderOf } from '../nal-units'
import { boxesIn, findBox } from './boxes'

const configurations = [
  { tags: new Set(['avc1', 'avc3']), box: 'avcC', codec: 'h264' },
  { tags: new Set(['hvc1', 'hev1']), box: 'hvcC', codec: 'hevc' },
] as const
/** Bytes of a visual sample entry before the boxes in it (ISO 14496-12, section 12.1.3). */
const visualEntryBytes = 78

/**
 * @param stsd the sample description box of the track, whole
 * @returns undefined for codecs without NAL units
 * @throws MalformedBoxes, RangeError
 */
export function readCodecConfiguration(codecTag: string, stsd: Buffer): NalReader | undefined {
  const [entry] = boxesIn(stsd, 16, stsd.length)
  const known = configurations.find(({ tags }) => tags.has(codecTag))
  if (entry === undefined || known === undefined) return undefined
  const box = findBox(boxesIn(stsd, entry.start + visualEntryBytes, entry.end), known.box)
  return box && nalReaderOf(known.codec, stsd.subarray(box.start, box.end))
}
