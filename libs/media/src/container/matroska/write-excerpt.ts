import { makeElement, makeElementHeader, makeUnsigned, makeVint } from './ebml'
import { elementIds } from './element-ids'
import type { MatroskaHead } from './read-head'
import type { MatroskaTrack } from './read-track'

const keyframeFlag = 0x80

/** The head of a Matroska stream of one track, its description taken over, and of unknown size. */
export function writeExcerptHead({ ebml, timestampScaleNs }: MatroskaHead, { entry }: MatroskaTrack): Buffer {
  const scale = makeElement(elementIds.timestampScale, makeUnsigned(timestampScaleNs))
  return Buffer.concat([
    ebml,
    makeElementHeader(elementIds.segment),
    makeElement(elementIds.info, scale),
    makeElement(elementIds.tracks, entry),
  ])
}

/** A cluster of one frame: so the cluster says its whole time, however far it is from the frame before. */
export function writeCluster(
  { number }: MatroskaTrack,
  { ptsTicks, keyframe, data }: { readonly ptsTicks: number; readonly keyframe: boolean; readonly data: Buffer },
): Buffer {
  const timeAndFlags = Buffer.from([0, 0, keyframe ? keyframeFlag : 0])
  return makeElement(
    elementIds.cluster,
    makeElement(elementIds.timestamp, makeUnsigned(ptsTicks)),
    makeElement(elementIds.simpleBlock, makeVint(number), timeAndFlags, data),
  )
}
