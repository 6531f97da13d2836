import { z } from 'zod'

export const imageFormat = z.enum(['jpg', 'png', 'webp', 'avif'])
export type ImageFormat = z.infer<typeof imageFormat>

/** What fills a picture whose shape differs from the video's: stretch it, bars, or a blurred copy behind it. */
export const fillType = z.enum(['stretch', 'black', 'white', 'gauss'])
export type FillType = z.infer<typeof fillType>

/**
 * Which frame stands for a time: the one on screen, the keyframe at or before it, which is much cheaper to have, or the
 * keyframe nearest to it, before or after.
 */
export const frameAccuracy = z.enum(['exact', 'keyframe', 'nearestKeyframe'])
export type FrameAccuracy = z.infer<typeof frameAccuracy>

/** How finely colours are sampled against brightness, in formats that tell the two apart (JPEG, AVIF). */
export const chromaSubsampling = z.enum(['420', '444'])

/** What a template takes where it says nothing: artefacts are then hard to see at the size a snapshot is looked at. */
export const pictureDefaults = { quality: 85, chroma: '420', accuracy: 'exact' } as const

/** The settings that every template for pictures has; 0 px means "as the video has it". */
export const pictureSettings = z.object({
  widthPx: z.int(),
  heightPx: z.int(),
  /** True: width is the long side and height the short one, whichever way the video lies. */
  resolutionAdaptive: z.boolean(),
  format: imageFormat,
  fill: fillType,
  /** 1 to 100; PNG is lossless and takes no notice. */
  quality: z.int().min(1).max(100).default(pictureDefaults.quality),
  chroma: chromaSubsampling.default(pictureDefaults.chroma),
  accuracy: frameAccuracy.default(pictureDefaults.accuracy),
})
export type PictureSettings = z.infer<typeof pictureSettings>

/** Which pictures are black: those with at least such a share of pixels darker than a level. */
export const blackFrames = z.strictObject({
  sharePercent: z.int().min(1).max(100).default(90),
  /** Of brightness, 0 to 255. */
  belowLevel: z.int().min(1).max(255).default(32),
})
export type BlackFrames = z.infer<typeof blackFrames>

/** The settings of templates for single pictures. */
export const stillSettings = pictureSettings.extend({
  /** A picture of the first frame that comes first in its task is taken later where the media opens black. */
  avoidBlack: blackFrames.optional(),
})

/** How a picture is written. */
export type PictureEncoding = Pick<PictureSettings, 'format' | 'quality' | 'chroma'>

/** Exact size of a picture, and how the video is laid into it. */
export interface PictureGeometry {
  readonly widthPx: number
  readonly heightPx: number
  readonly fill: FillType
}
