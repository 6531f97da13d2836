import { stat } from 'node:fs/promises'
import { abortFault, ImageComposer, imageFormat } from '@libs/tasks'
import type { ImageFacts, PictureEncoding, SheetRequest } from '@libs/tasks'
import { convertPicture } from './convert-picture'
import { encodePicture } from './encode-picture'
import { isWholePicture } from './is-whole-picture'
import { loadSharp, mostSheetPixels, openPicture, workTime } from './load-sharp'
import { pictureWork, unreadable } from './picture-work'

/** Composes sheets and checks pictures; libvips streams both, so a sheet is never in memory whole. */
export class SharpImageComposer extends ImageComposer {
  override async composeSheet(sheet: SheetRequest, signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw abortFault(signal)
    const sharp = await loadSharp()
    const { widthPx: width, heightPx: height, background } = sheet
    const canvas = sharp({
      create: { width, height, channels: 3, background },
      limitInputPixels: mostSheetPixels,
    }).timeout(workTime)
    const cells = sheet.cells.map(({ path, leftPx, topPx }) => ({
      input: path,
      left: leftPx,
      top: topPx,
      sequentialRead: true,
      failOn: 'error' as const,
    }))
    await pictureWork(encodePicture(canvas.composite(cells), sheet.encoding, sheet).toFile(sheet.path))
  }

  override async convert(from: string, to: string, encoding: PictureEncoding): Promise<void> {
    const { width: widthPx, height: heightPx } = await pictureWork((await openPicture(from)).metadata())
    await convertPicture(from, to, { encoding, geometry: { widthPx, heightPx }, marks: [] })
  }

  override async darkPercent(path: string, belowLevel: number): Promise<number> {
    const picture = (await openPicture(path)).removeAlpha().toColourspace('srgb').raw()
    const { data, info } = await pictureWork(picture.toBuffer({ resolveWithObject: true }))
    let dark = 0
    for (let at = 0; at < data.length; at += info.channels) {
      // Rec. ITU-R BT.601: how bright red, green and blue are to the eye.
      const brightness = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0)
      if (brightness < belowLevel) dark += 1
    }
    return (100 * dark) / (info.width * info.height)
  }

  override async inspect(path: string): Promise<ImageFacts> {
    try {
      const picture = await openPicture(path, mostSheetPixels)
      const [{ width, height, format }, { size }] = await Promise.all([picture.metadata(), stat(path)])
      const known = imageFormat.parse(format === 'jpeg' ? 'jpg' : format === 'heif' ? 'avif' : format)
      if (!(await isWholePicture(path, known, size))) throw new Error('The picture has no end.')
      return { format: known, widthPx: width, heightPx: height, sizeBytes: size }
    } catch (cause) {
      throw unreadable(cause)
    }
  }
}
