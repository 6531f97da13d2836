import type { ImageFormat, PictureEncoding } from '../stills/picture'

export interface SheetCell {
  /** Absolute path of a picture of exactly the cell's size. */
  readonly path: string
  readonly leftPx: number
  readonly topPx: number
}

export interface SheetRequest {
  readonly widthPx: number
  readonly heightPx: number
  /** Of what no cell covers, such as `#ff6347`. */
  readonly background: string
  readonly cells: readonly SheetCell[]
  readonly encoding: PictureEncoding
  /** Absolute path of the file to write. */
  readonly path: string
}

export interface ImageFacts {
  readonly format: ImageFormat
  readonly widthPx: number
  readonly heightPx: number
  readonly sizeBytes: number
}

export abstract class ImageComposer {
  /** Writes one sheet with every cell in its place. */
  abstract composeSheet(sheet: SheetRequest, signal: AbortSignal): Promise<void>

  /** Writes a picture again in another format. */
  abstract convert(from: string, to: string, encoding: PictureEncoding): Promise<void>

  /** The share of a picture's pixels, in percent, that are darker than a level of brightness from 0 to 255. */
  abstract darkPercent(path: string, belowLevel: number): Promise<number>

  /**
   * Reads what a picture says of itself, and makes sure that it was written to its end.
   * @throws AppError `media.malformed` when it is no picture, or not a whole one
   */
  abstract inspect(path: string): Promise<ImageFacts>
}
