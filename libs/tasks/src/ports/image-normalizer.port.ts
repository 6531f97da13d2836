export interface NormalizedImage {
  /** A PNG with red, green, blue and alpha. */
  readonly png: Buffer
  readonly widthPx: number
  readonly heightPx: number
}

export abstract class ImageNormalizer {
  /**
   * Turns a stranger's JPEG, PNG or GIF into a PNG of its first frame, upright and in sRGB, so that nobody else reads the
   * stranger's bytes.
   * @throws AppError `request.invalidValue` with the field `image` when it is none of these, damaged, or too large
   */
  abstract normalize(bytes: Buffer): Promise<NormalizedImage>
}
