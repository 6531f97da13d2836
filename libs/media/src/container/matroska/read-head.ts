import type { ByteWindow } from './byte-window'
import type { Element } from './ebml'
import { elementsIn, makeElement, MalformedEbml, maxHeaderBytes, readElementHeader, readUnsigned } from './ebml'
import { elementIds } from './element-ids'

/** The cues of a day of video are some 2 MB. */
const maxElementBytes = 16 * 1024 * 1024
const mostTopLevelElements = 64
const usualTimestampScaleNs = 1_000_000

/** What a file says before its first cluster, and in its cues. */
export interface MatroskaHead {
  /** The element that says of what kind and version the file is, whole. */
  readonly ebml: Buffer
  readonly timestampScaleNs: number
  /** Contents. */
  readonly tracks: Buffer
  readonly cues: Buffer | undefined
  /** Positions in the file: where the content of the segment starts and ends, and where the first cluster starts. */
  readonly segmentStart: number
  readonly segmentEnd: number
  readonly firstCluster: number
}

/**
 * Reads the elements at the head of a Matroska file (RFC 9559, section 5.1), and the cues wherever the head says they are.
 * @returns undefined when the tracks come later, or the segment ends before the file does, or after it
 * @throws MalformedEbml when the elements contradict the file
 */
export async function readHead(window: ByteWindow, sizeBytes: number): Promise<MatroskaHead | undefined> {
  const top = await headerAt(window, 0)
  if (top.id !== elementIds.ebml) return undefined
  const ebml = makeElement(top.id, await contentOf(window, top))
  const segment = await headerAt(window, top.end)
  const segmentEnd = segment.end === Infinity ? sizeBytes : segment.end
  if (segment.id !== elementIds.segment || segmentEnd !== sizeBytes) return undefined
  const found = new Map<number, Buffer>()
  const { info, tracks, cues, seekHead, cluster } = elementIds
  const readOnes = new Set<number>([info, tracks, cues, seekHead])
  let at = segment.start
  for (let count = 0; ; count += 1) {
    const element = await headerAt(window, at)
    if (element.id === cluster) break
    if (element.end >= segmentEnd || count > mostTopLevelElements) return undefined
    if (readOnes.has(element.id) && !found.has(element.id)) found.set(element.id, await contentOf(window, element))
    at = element.end
  }
  const tracksContent = found.get(tracks)
  if (tracksContent === undefined) return undefined
  return {
    ebml,
    timestampScaleNs: readTimestampScale(found.get(info)),
    tracks: tracksContent,
    cues: found.get(cues) ?? (await readCuesBehind(window, found.get(seekHead), segment.start)),
    segmentStart: segment.start,
    segmentEnd,
    firstCluster: at,
  }
}

async function headerAt(window: ByteWindow, at: number): Promise<Element> {
  const { id, headerBytes, sizeBytes } = readElementHeader(await window.from(at, maxHeaderBytes), 0)
  return { id, headerStart: at, start: at + headerBytes, end: at + headerBytes + (sizeBytes ?? Infinity) }
}

async function contentOf(window: ByteWindow, { start, end }: Element): Promise<Buffer> {
  if (end - start > maxElementBytes) throw new MalformedEbml('An element is larger than it can be.')
  return window.stretch(start, end - start)
}

function readTimestampScale(info: Buffer | undefined): number {
  const scale = info && elementsIn(info).find(({ id }) => id === elementIds.timestampScale)
  return info && scale ? readUnsigned(info, scale) : usualTimestampScaleNs
}

async function readCuesBehind(
  window: ByteWindow,
  seekHead: Buffer | undefined,
  segmentStart: number,
): Promise<Buffer | undefined> {
  if (seekHead === undefined) return undefined
  for (const seek of elementsIn(seekHead).filter(({ id }) => id === elementIds.seek)) {
    const children = elementsIn(seekHead, seek.start, seek.end)
    const id = children.find((child) => child.id === elementIds.seekId)
    const position = children.find((child) => child.id === elementIds.seekPosition)
    if (!id || !position || readUnsigned(seekHead, id) !== elementIds.cues) continue
    const cues = await headerAt(window, segmentStart + readUnsigned(seekHead, position))
    return cues.id === elementIds.cues ? contentOf(window, cues) : undefined
  }
  return undefined
}
