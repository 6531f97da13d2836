import { z } from 'zod'

export const imageFormat = z.enum(['jpg', 'png', 'webp'])
export type ImageFormat = z.infer<typeof imageFormat>

/** What fills a picture whose shape differs from the video's: stretch it, bars, or a blurred copy behind it. */
export const fillType = z.enum(['stretch', 'black', 'white', 'gauss'])
export type FillType = z.infer<typeof fillType>

/** The settings that every template for pictures has; 0 px means "as the video has it". */
export const pictureSettings = z.object({
  widthPx: z.int(),
  heightPx: z.int(),
  /** True: width is the long side and height the short one, whichever way the video lies. */
  resolutionAdaptive: z.boolean(),
  format: imageFormat,
  fill: fillType,
})
export type PictureSettings = z.infer<typeof pictureSettings>

/** Exact size of a picture, and how the video is laid into it. */
export interface PictureGeometry {
  readonly widthPx: number
  readonly heightPx: number
  readonly fill: FillType
}
