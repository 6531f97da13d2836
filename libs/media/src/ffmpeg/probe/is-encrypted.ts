import { open } from 'node:fs/promises'
import { boxAt, boxesIn, MalformedBoxes } from '../../container/mp4/boxes'
import { readMovie } from '../../container/mp4/read-movie'

/** The description of an encrypted video (ISO 14496-12, 8.12), which ffmpeg hides behind that of the video inside. */
const encryptedVideo = 'encv'

/**
 * Whether a track of an mp4 is encrypted; ffmpeg decodes such a one into noise.
 * @param streamIndex place of the track among the tracks, as ffmpeg counts streams
 * @param sizeBytes of the file
 */
export async function isEncrypted(
  { path, index: streamIndex }: { readonly path: string; readonly index: number },
  sizeBytes: number,
  signal: AbortSignal,
): Promise<boolean> {
  const file = await open(path, 'r')
  const read = async (position: number, length: number): Promise<Buffer> => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
    return buffer.subarray(0, bytesRead)
  }
  try {
    const movie = await readMovie({ sizeBytes, read }, signal)
    return movie !== undefined && descriptionIn(movie, streamIndex) === encryptedVideo
  } catch (thrown) {
    // What contradicts itself is left to ffmpeg.
    if (thrown instanceof MalformedBoxes || thrown instanceof RangeError) return false
    throw thrown
  } finally {
    await file.close()
  }
}

function descriptionIn(movie: Buffer, streamIndex: number): string | undefined {
  const track = boxesIn(movie, 0, movie.length).filter(({ type }) => type === 'trak')[streamIndex]
  if (track === undefined) return undefined
  const { start } = boxAt(movie, track, 'mdia', 'minf', 'stbl', 'stsd')
  return movie.toString('latin1', start + 12, start + 16)
}
