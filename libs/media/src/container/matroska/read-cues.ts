import { elementsIn, readUnsigned } from './ebml'
import type { Element } from './ebml'
import { elementIds } from './element-ids'
import type { MatroskaHead } from './read-head'

/** Where to find a keyframe. */
export interface Cue {
  readonly ptsTicks: number
  /** Of its cluster in the file. */
  readonly positionBytes: number
}

/**
 * The keyframes of a track that the file's index lists (RFC 9559, section 5.1.5), by time.
 * @throws MalformedEbml
 */
export function readCues({ cues, segmentStart }: MatroskaHead, trackNumber: number): readonly Cue[] {
  if (cues === undefined) return []
  const children = (parent: Element, id: number): readonly Element[] =>
    elementsIn(cues, parent.start, parent.end).filter((child) => child.id === id)
  const first = (parent: Element, id: number): number | undefined => {
    const [child] = children(parent, id)
    return child && readUnsigned(cues, child)
  }
  const points = elementsIn(cues).filter(({ id }) => id === elementIds.cuePoint)
  const listed = points.flatMap((point) => {
    const ptsTicks = first(point, elementIds.cueTime)
    const positions = children(point, elementIds.cueTrackPositions)
    const own = positions.find((position) => first(position, elementIds.cueTrack) === trackNumber)
    const cluster = own && first(own, elementIds.cueClusterPosition)
    return ptsTicks === undefined || cluster === undefined ? [] : [{ ptsTicks, positionBytes: segmentStart + cluster }]
  })
  return listed.sort((a, b) => a.ptsTicks - b.ptsTicks)
}
