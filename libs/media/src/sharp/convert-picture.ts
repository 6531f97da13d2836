import type { PictureEncoding, PictureGeometry } from '@libs/tasks'
import type { OverlayOptions } from 'sharp'
import { encodePicture } from './encode-picture'
import { openPicture } from './load-sharp'
import { pictureWork } from './picture-work'

interface Conversion {
  readonly encoding: PictureEncoding
  readonly geometry: Pick<PictureGeometry, 'widthPx' | 'heightPx'>
  /** As `prepareMarks` returned them. */
  readonly marks: readonly OverlayOptions[]
}

/**
 * Writes a picture of the given size again, in another format or with marks on it.
 * @throws AppError what `pictureWork` throws
 */
export async function convertPicture(
  from: string,
  to: string,
  { encoding, geometry, marks }: Conversion,
): Promise<void> {
  const picture = await openPicture(from)
  // Drawing adds an alpha channel, which of a picture that covers its whole frame says nothing.
  const drawn = marks.length === 0 ? picture : picture.composite([...marks]).removeAlpha()
  await pictureWork(encodePicture(drawn, encoding, geometry).toFile(to))
}
