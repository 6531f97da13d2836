import { AppError } from '@libs/kernel'
import type { ImageComposer, ImageFacts } from '../ports/image-composer.port'

/**
 * Makes sure that a finished picture opens and is what was promised: an encoder's exit code is no proof.
 * @throws AppError `media.malformed` when it does not decode, `internal` when size or format differ
 */
export async function verifyPicture(
  path: string,
  promised: Pick<ImageFacts, 'widthPx' | 'heightPx' | 'format'>,
  composer: ImageComposer,
): Promise<void> {
  const found = await composer.inspect(path)
  if (found.widthPx === promised.widthPx && found.heightPx === promised.heightPx && found.format === promised.format) {
    return
  }
  throw new AppError(
    'internal',
    `A picture came out as ${found.format} ${found.widthPx}x${found.heightPx} instead of ${promised.format} ${promised.widthPx}x${promised.heightPx}.`,
  )
}
