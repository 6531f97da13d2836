import { z } from 'zod'

const videoStream = z.object({
  index: z.int().nonnegative(),
  codec: z.string(),
  /** Coded size, before rotation and pixel aspect. */
  widthPx: z.int().positive(),
  heightPx: z.int().positive(),
  bitrateBps: z.number().nonnegative(),
  framesPerSecond: z.number().nonnegative(),
  durationMs: z.number().nonnegative(),
  /** Clockwise turn that a player applies: 0, 90, 180 or 270. */
  rotationDegrees: z.int(),
  /** True: before the turn, a player swaps left and right. */
  mirrored: z.boolean().optional(),
})

/** How the coded pixels of the picture stream are to be read. Names of formats and colours are ffmpeg's; '' is unknown. */
const codedPixels = z.object({
  /** Such as `yuv420p10le`. */
  format: z.string(),
  bitDepth: z.int().positive(),
  matrix: z.string(),
  range: z.enum(['limited', 'full']),
  primaries: z.string(),
  transfer: z.string(),
  /** Luminance of the brightest pixel of an HDR video in cd/m², where it says so. */
  peakNits: z.number().positive().optional(),
  /** Frames consist of two fields, taken one after the other. */
  interlaced: z.boolean(),
  alpha: z.boolean(),
})
export type CodedPixels = z.infer<typeof codedPixels>

const audioStream = z.object({
  index: z.int().nonnegative(),
  codec: z.string(),
  bitrateBps: z.number().nonnegative(),
  sampleRateHz: z.number().nonnegative(),
  durationMs: z.number().nonnegative(),
})

/** What ffprobe says of a media file, once, at ingest; stored with the media and sent along with every task. */
export const mediaInfo = z.object({
  /** ffprobe's format name list, such as `mov,mp4,m4a,3gp,3g2,mj2`. */
  container: z.string(),
  sizeBytes: z.number().nonnegative(),
  bitrateBps: z.number().nonnegative(),
  /** Length of the timeline that offsets are counted on: from the first shown frame to the end of the last. */
  durationMs: z.number().nonnegative(),
  /** Presentation time of the first shown frame, in the file's own clock. */
  startMs: z.number(),
  /** The stream that pictures are taken from: `videoStreams` holds it too. Absent for audio. */
  pictureStreamIndex: z.int().nonnegative().optional(),
  /** The picture as a player shows it: turned upright, pixels made square. 0 for audio. */
  displayWidthPx: z.int().nonnegative(),
  displayHeightPx: z.int().nonnegative(),
  /** Absent for audio, and for media that were probed before it was asked. */
  pixels: codedPixels.optional(),
  videoStreams: z.array(videoStream),
  audioStreams: z.array(audioStream),
})

export type MediaInfo = z.infer<typeof mediaInfo>
