import type { MediaInfo } from '@libs/tasks'
import type { NalReader } from '../nal-units'
import type { Element } from './ebml'
import { elementsIn, readUnsigned } from './ebml'
import { elementIds } from './element-ids'
import type { VideoCodec } from './video-codecs'
import { videoCodecs } from './video-codecs'

export interface MatroskaTrack {
  readonly number: number
  readonly codec: VideoCodec
  readonly nal: NalReader | undefined
  /** The element that describes it, whole. */
  readonly entry: Buffer
}

/** Video, sound, subtitles and metadata: the types that ffmpeg counts as streams, and the letters their codecs start with. */
const codecLetters = new Map([
  [1, 'V'],
  [2, 'A'],
  [17, 'SD'],
  [33, 'D'],
])
const videoType = 1

/**
 * The track that ffmpeg calls the picture stream (RFC 9559, section 5.1.4).
 * @param tracks content of the element
 * @returns undefined when only ffmpeg knows how to play it, or how to count the tracks
 * @throws MalformedEbml, RangeError when the configuration of the codec is too short
 */
export function readTrack(tracks: Buffer, media: MediaInfo): MatroskaTrack | undefined {
  const entries = elementsIn(tracks).filter(({ id }) => id === elementIds.trackEntry)
  const described = entries.map((entry) => describe(tracks, entry))
  if (!described.every(({ type, codecId }) => codecLetters.get(type)?.includes(codecId.charAt(0)) && codecId !== '')) {
    return undefined
  }
  const track = described[media.pictureStreamIndex ?? -1]
  const codec = track && videoCodecs.get(track.codecId)
  const probed = media.videoStreams.find(({ index }) => index === media.pictureStreamIndex)
  if (codec === undefined || codec.name !== probed?.codec || track?.type !== videoType) return undefined
  if (track.altered || described.filter(({ number }) => number === track.number).length > 1) return undefined
  const { nalReader } = codec
  // Version 1 says that the units are length-prefixed; older ones were written with start codes.
  if (nalReader && track.codecPrivate?.at(0) !== 1) return undefined
  const nal = track.codecPrivate && nalReader?.(track.codecPrivate)
  return { number: track.number, codec, nal, entry: track.entry }
}

interface Description {
  readonly number: number
  readonly type: number
  readonly codecId: string
  readonly codecPrivate: Buffer | undefined
  /** Whether blocks are compressed or encrypted, or their times are not the segment's. */
  readonly altered: boolean
  readonly entry: Buffer
}

function describe(tracks: Buffer, entry: Element): Description {
  const children = elementsIn(tracks, entry.start, entry.end)
  const find = (id: number): Element | undefined => children.find((child) => child.id === id)
  const unsigned = (id: number): number => {
    const child = find(id)
    return child ? readUnsigned(tracks, child) : 0
  }
  const { trackNumber, trackType, codecId, codecPrivate, codecDelay, contentEncodings, trackTimestampScale } =
    elementIds
  const id = find(codecId)
  const configuration = find(codecPrivate)
  const scale = find(trackTimestampScale)
  return {
    number: unsigned(trackNumber),
    type: unsigned(trackType),
    // A string may be padded with zeros.
    codecId: id ? (tracks.toString('latin1', id.start, id.end).split('\0')[0] ?? '') : '',
    codecPrivate: configuration && tracks.subarray(configuration.start, configuration.end),
    altered: !!find(contentEncodings) || unsigned(codecDelay) !== 0 || (scale !== undefined && !isOne(tracks, scale)),
    entry: tracks.subarray(entry.headerStart, entry.end),
  }
}

function isOne(tracks: Buffer, { start, end }: Element): boolean {
  if (end - start === 4) return tracks.readFloatBE(start) === 1
  return end - start === 8 && tracks.readDoubleBE(start) === 1
}
