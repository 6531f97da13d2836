import type { PictureEncoding, PictureGeometry } from '@libs/tasks'
import { encodePicture } from './encode-picture'
import { inputOptions, loadSharp } from './load-sharp'

/** Writes a picture of the given size again in another format. */
export async function convertPicture(
  from: string,
  to: string,
  { encoding, geometry }: { readonly encoding: PictureEncoding; readonly geometry: PictureGeometry },
): Promise<void> {
  const sharp = await loadSharp()
  await encodePicture(sharp(from, inputOptions), encoding, geometry).toFile(to)
}
