import type { SourceFile } from '@libs/tasks'
import { MalformedBoxes, readBoxHeader } from './boxes'

/** Most files have their first boxes, and often the whole index, in this. */
const firstReadBytes = 64 * 1024
/** The index of a day of video is some 40 MB. */
const maxMovieBytes = 128 * 1024 * 1024
const mostTopLevelBoxes = 64

type Bytes = Pick<SourceFile, 'sizeBytes' | 'read'>

/**
 * The content of the `moov` box, wherever it lies, found without reading the pictures.
 * @returns undefined when there is none, or the pictures lie in fragments
 * @throws MalformedBoxes, RangeError when the boxes contradict the file
 */
export async function readMovie(source: Bytes, signal: AbortSignal): Promise<Buffer | undefined> {
  let window = { at: 0, bytes: await source.read(0, firstReadBytes, signal) }
  let at = 0
  for (let count = 0; at + 8 <= source.sizeBytes && count < mostTopLevelBoxes; count += 1) {
    if (at < window.at || at + 16 > window.at + window.bytes.length) {
      window = { at, bytes: await source.read(at, 16, signal) }
    }
    const { type, headerBytes, sizeBytes } = readBoxHeader(window.bytes, at - window.at)
    const end = sizeBytes === 0 ? source.sizeBytes : at + sizeBytes
    if (type === 'moof') return undefined
    if (type === 'moov') return readContent(source, { at: at + headerBytes, end }, window, signal)
    at = end
  }
  return undefined
}

async function readContent(
  source: Bytes,
  { at, end }: { readonly at: number; readonly end: number },
  window: { readonly at: number; readonly bytes: Buffer },
  signal: AbortSignal,
): Promise<Buffer> {
  if (end > source.sizeBytes || end - at > maxMovieBytes)
    throw new MalformedBoxes('The index is larger than it can be.')
  const inWindow = at >= window.at && end <= window.at + window.bytes.length
  return inWindow ? window.bytes.subarray(at - window.at, end - window.at) : source.read(at, end - at, signal)
}
