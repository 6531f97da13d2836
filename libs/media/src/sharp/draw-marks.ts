import type { PictureMark } from '@libs/tasks'
import type { OverlayOptions } from 'sharp'
import { openPicture } from './load-sharp'
import { pictureWork } from './picture-work'

interface Size {
  readonly widthPx: number
  readonly heightPx: number
}

/** The parts of marks that lie on pictures of a size, scaled and faded once for all of them. */
export async function prepareMarks(marks: readonly PictureMark[], picture: Size): Promise<readonly OverlayOptions[]> {
  const prepared: OverlayOptions[] = []
  for (const { path, widthPx, heightPx, opacity, ...at } of marks) {
    const left = Math.max(0, at.leftPx)
    const top = Math.max(0, at.topPx)
    const width = Math.min(picture.widthPx, at.leftPx + widthPx) - left
    const height = Math.min(picture.heightPx, at.topPx + heightPx) - top
    if (width <= 0 || height <= 0) continue
    const mark = (await openPicture(path))
      .resize(widthPx, heightPx, { fit: 'fill' })
      .extract({ left: left - at.leftPx, top: top - at.topPx, width, height })
      .linear([1, 1, 1, opacity], [0, 0, 0, 0])
      .raw()
    const input = await pictureWork(mark.toBuffer())
    prepared.push({ input, raw: { width, height, channels: 4 }, left, top })
  }
  return prepared
}
