import { FfmpegFrameGrabber, FfmpegMediaProber } from '@libs/media'
import type { MediaInfo, PictureEncoding, PictureGeometry } from '@libs/tasks'
import { aGrab } from '../builders/grab'
import { testMediaTools } from './test-media-tools'

export interface PictureTaken {
  readonly file: string
  readonly media: MediaInfo
}

/** The picture that the product takes of a file, with what it found out of it before. */
export async function takePicture(
  path: string,
  folder: string,
  wish: { readonly geometry: PictureGeometry; readonly atMs?: number } & Partial<PictureEncoding>,
): Promise<PictureTaken> {
  const { signal } = new AbortController()
  const media = await new FfmpegMediaProber(testMediaTools()).probe(path, signal)
  const { atMs = 0, ...given } = wish
  const grabber = new FfmpegFrameGrabber(testMediaTools())
  const [frame] = await grabber.grab(aGrab({ path, media, atMs: [atMs], folder, ...given }), signal)
  if (frame === undefined) throw new Error(`No picture came of ${path}.`)
  return { file: frame.path, media }
}
