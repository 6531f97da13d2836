import { SourceFile } from '@libs/tasks'
import type { MediaInfo } from '@libs/tasks'
import { makeElement, makeElementHeader, makeUnsigned, makeVint } from '../src/container/matroska/ebml'
import { elementIds as ids } from '../src/container/matroska/element-ids'

/** A film as bytes of Matroska, its frames without content. */
export interface MatroskaFilm {
  /** In decoding order. */
  readonly frames: readonly { readonly ptsTicks: number; readonly keyframe: boolean }[]
  readonly codecId: string
  readonly cues: 'front' | 'end' | 'none'
  readonly framesPerCluster: number
  /** Whether clusters and the segment say where they end. */
  readonly sized: boolean
  /** Whether frames are in groups of blocks, which say what they refer to instead of being marked. */
  readonly grouped: boolean
  /** Children of the track's entry beside the usual ones. */
  readonly trackExtras?: readonly Buffer[]
}

const trackNumber = 3
const soundNumber = 1
const blockBytes = 40

export function makeMatroska(film: MatroskaFilm): Buffer {
  const clusters = clustersOf(film)
  const entry = (number: number, type: number, codecId: string, ...extras: readonly Buffer[]): Buffer =>
    makeElement(
      ids.trackEntry,
      makeElement(ids.trackNumber, makeUnsigned(number)),
      makeElement(ids.trackType, makeUnsigned(type)),
      makeElement(ids.codecId, Buffer.from(codecId)),
      ...extras,
    )
  const configuration = makeElement(ids.codecPrivate, Buffer.from([1, 0, 0, 0, 3, 0]))
  const tracks = makeElement(
    ids.tracks,
    entry(soundNumber, 2, 'A_OPUS'),
    entry(trackNumber, 1, film.codecId, configuration, ...(film.trackExtras ?? [])),
  )
  const cueBytes = cuesOf(clusters, 0).length
  const seekBytes = seekHeadOf(0).length
  const before = seekBytes + tracks.length + (film.cues === 'front' ? cueBytes : 0)
  const cues = film.cues === 'none' ? Buffer.alloc(0) : cuesOf(clusters, before)
  const clusterBytes = Buffer.concat(clusters.map(({ bytes }) => bytes))
  const content = Buffer.concat([
    film.cues === 'none'
      ? Buffer.alloc(seekBytes, makeElement(0xec, Buffer.alloc(seekBytes - 9)))
      : seekHeadOf(film.cues === 'front' ? seekBytes + tracks.length : before + clusterBytes.length),
    tracks,
    ...(film.cues === 'front' ? [cues, clusterBytes] : [clusterBytes, cues]),
  ])
  const segment = makeElementHeader(ids.segment, film.sized ? content.length : undefined)
  return Buffer.concat([makeElement(ids.ebml), segment, content])
}

interface Cluster {
  readonly bytes: Buffer
  readonly positionBytes: number
  readonly keyframes: readonly number[]
}

function clustersOf({ frames, framesPerCluster, sized, grouped }: MatroskaFilm): readonly Cluster[] {
  const clusters: Cluster[] = []
  let positionBytes = 0
  for (let first = 0; first < frames.length; first += framesPerCluster) {
    const held = frames.slice(first, first + framesPerCluster)
    const ticks = Math.min(...held.map(({ ptsTicks }) => ptsTicks))
    const blocks = held.flatMap(({ ptsTicks, keyframe }) => {
      const content = (number: number, flags: number): Buffer[] => {
        const time = Buffer.alloc(3)
        time.writeInt16BE(ptsTicks - ticks)
        time.writeUInt8(flags, 2)
        return [makeVint(number), time, Buffer.alloc(blockBytes, 0x10)]
      }
      const references = keyframe ? [] : [makeElement(ids.referenceBlock, Buffer.from([0xff]))]
      const frame = grouped
        ? makeElement(ids.blockGroup, makeElement(ids.block, ...content(trackNumber, 0)), ...references)
        : makeElement(ids.simpleBlock, ...content(trackNumber, keyframe ? 0x80 : 0))
      return [frame, makeElement(ids.simpleBlock, ...content(soundNumber, 0x80))]
    })
    const inside = Buffer.concat([makeElement(ids.timestamp, makeUnsigned(ticks)), ...blocks])
    const bytes = Buffer.concat([makeElementHeader(ids.cluster, sized ? inside.length : undefined), inside])
    const keyframes = held.filter(({ keyframe }) => keyframe).map(({ ptsTicks }) => ptsTicks)
    clusters.push({ bytes, positionBytes, keyframes })
    positionBytes += bytes.length
  }
  return clusters
}

function cuesOf(clusters: readonly Cluster[], firstPosition: number): Buffer {
  const point = (ptsTicks: number, position: number): Buffer =>
    makeElement(
      ids.cuePoint,
      makeElement(ids.cueTime, makeUnsigned(ptsTicks)),
      makeElement(
        ids.cueTrackPositions,
        makeElement(ids.cueTrack, makeUnsigned(trackNumber)),
        makeElement(ids.cueClusterPosition, makeUnsigned(firstPosition + position)),
      ),
    )
  const points = clusters.flatMap(({ keyframes, positionBytes }) =>
    keyframes.map((ticks) => point(ticks, positionBytes)),
  )
  return makeElement(ids.cues, ...points)
}

function seekHeadOf(cuesPosition: number): Buffer {
  const id = Buffer.alloc(4)
  id.writeUInt32BE(ids.cues)
  const seek = makeElement(
    ids.seek,
    makeElement(ids.seekId, id),
    makeElement(ids.seekPosition, makeUnsigned(cuesPosition)),
  )
  return makeElement(ids.seekHead, seek)
}

/** What a probe says of such a film whose first frame is shown at a time. */
export function mediaOf(codec: string, startMs: number): MediaInfo {
  const video = { index: 1, codec, widthPx: 16, heightPx: 16, bitrateBps: 0, framesPerSecond: 25, durationMs: 0 }
  return {
    container: 'matroska,webm',
    sizeBytes: 0,
    bitrateBps: 0,
    durationMs: 0,
    startMs,
    pictureStreamIndex: 1,
    displayWidthPx: 16,
    displayHeightPx: 16,
    videoStreams: [{ ...video, rotationDegrees: 0 }],
    audioStreams: [],
  }
}

/** A file that can be read in ranges alone, and notes them: what is read in no range cannot be had. */
export class MemoryFile extends SourceFile {
  override readonly isRemote = false
  readonly reads: { readonly position: number; readonly length: number }[] = []

  constructor(private readonly bytes: Buffer) {
    super()
  }

  override get sizeBytes(): number {
    return this.bytes.length
  }

  get readBytes(): number {
    return this.reads.reduce((sum, { length }) => sum + length, 0)
  }

  override async read(positionBytes: number, lengthBytes: number): Promise<Buffer> {
    const read = this.bytes.subarray(positionBytes, positionBytes + lengthBytes)
    this.reads.push({ position: positionBytes, length: read.length })
    return read
  }

  override async localPath(): Promise<string> {
    throw new Error('The whole file was asked for.')
  }

  override assertUnchanged(): Promise<void> {
    return Promise.resolve()
  }
}
