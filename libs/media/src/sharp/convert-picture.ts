import type { ImageFormat } from '@libs/tasks'
import { encodePicture } from './encode-picture'
import { inputOptions, loadSharp } from './load-sharp'

/** Writes a picture again in another format. */
export async function convertPicture(from: string, to: string, format: ImageFormat): Promise<void> {
  const sharp = await loadSharp()
  await encodePicture(sharp(from, inputOptions), format).toFile(to)
}
