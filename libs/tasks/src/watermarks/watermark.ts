import { z } from 'zod'

/** A length on a picture; a percentage is of the picture's side that it lies along. */
export const markLength = z.object({ unit: z.enum(['px', 'percent']), value: z.number().nonnegative() })
export type MarkLength = z.infer<typeof markLength>

/** The corner of the picture that a mark's place is measured from, to the same corner of the mark. */
export const watermarkOrigin = z.enum(['topLeft', 'topRight', 'bottomLeft', 'bottomRight'])

const watermarkImage = z.object({ key: z.string(), widthPx: z.int().positive(), heightPx: z.int().positive() })
/** A stored picture to draw, with its own size. */
export type WatermarkImage = z.infer<typeof watermarkImage>

/** What moving pictures do when they have been played; in a still there is the first frame. */
export const markRepeat = z.enum(['once', 'lastFrame', 'forever'])

const imageMark = z.object({
  type: z.literal('image'),
  image: watermarkImage,
  width: markLength,
  /** 0 keeps the image's own shape. */
  height: markLength,
  /** 0 is opaque, 100 cannot be seen. */
  transparencyPercent: z.int().min(0).max(100),
  repeat: markRepeat,
})

/** Kept for whoever describes it; nothing draws it on a still. */
const textMark = z.object({
  type: z.literal('text'),
  font: z.string(),
  fontSizePx: z.int().positive(),
  /** Such as `0xFFFFFF`. */
  colour: z.string(),
  opacity: z.number().positive().max(1),
})

/** Kept for whoever describes it; nothing draws it on a still. Lengths are as they were written. */
const svgMark = z.object({ type: z.literal('svg'), width: z.string(), height: z.string() })

const place = { origin: watermarkOrigin, x: markLength, y: markLength }

/** What a watermark's template stores. */
export const watermarkSettings = z.object({
  ...place,
  mark: z.discriminatedUnion('type', [imageMark, textMark, svgMark]),
})
export type WatermarkSettings = z.infer<typeof watermarkSettings>

const frozenWatermark = z.object({ definition: z.int(), ...place, mark: imageMark })
/** A watermark to draw, as its template was when the task was accepted. */
export type FrozenWatermark = z.infer<typeof frozenWatermark>

/** What the settings of a task have besides those of its template; later marks lie above earlier ones. */
export const frozenWatermarks = { watermarks: z.array(frozenWatermark).optional() }

/** Tencent Cloud VOD, "ProcessMedia": at most ten watermarks for a task. */
export const mostWatermarks = 10

const watermarkRequest = z.object({
  definition: z.int(),
  text: z.string().optional(),
  /** Which part of a video is marked; stills take no notice. */
  fromS: z.number().optional(),
  toS: z.number().optional(),
})
export type WatermarkRequest = z.infer<typeof watermarkRequest>

/** What a request for stills may name besides its own template. */
export const requestedWatermarks = { watermarks: z.array(watermarkRequest).max(mostWatermarks).optional() }
