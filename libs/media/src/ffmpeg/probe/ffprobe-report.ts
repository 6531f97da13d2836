import { z } from 'zod'

/** ffprobe writes numbers as strings and leaves out what it does not know. */
const number = z.coerce.number().catch(0).default(0)
const text = z.string().default('')

const sideData = z.object({ rotation: z.number().optional(), displaymatrix: z.string().optional() }).catch({})

export const reportedStream = z.object({
  index: z.int().nonnegative(),
  codec_type: text,
  codec_name: text,
  width: number,
  height: number,
  sample_aspect_ratio: text,
  avg_frame_rate: text,
  r_frame_rate: text,
  duration: number,
  bit_rate: number,
  sample_rate: number,
  disposition: z.object({ default: number, attached_pic: number }).partial().default({}),
  pix_fmt: text,
  field_order: text,
  color_range: text,
  color_space: text,
  color_primaries: text,
  color_transfer: text,
  tags: z
    .object({ rotate: z.coerce.number().optional().catch(undefined), alpha_mode: z.string().optional() })
    .default({}),
  side_data_list: z.array(sideData).default([]),
})
export type ReportedStream = z.infer<typeof reportedStream>

const format = z.object({
  format_name: text,
  duration: number,
  start_time: number,
  size: number,
  bit_rate: number,
  probe_score: number,
  tags: z.object({ major_brand: text }).default({ major_brand: '' }),
})

/** ffprobe's `-show_format -show_streams` as JSON, and whether it forgot the size of a stream because it is too large. */
export const containerReport = z.object({
  format,
  streams: z.array(reportedStream).default([]),
  forgotSize: z.boolean().default(false),
})
export type ContainerReport = z.infer<typeof containerReport>

/** Of the screen that an HDR video was made on, as a fraction, and of its own brightest pixel; both in cd/m². */
const light = z.object({ max_luminance: text, max_content: number }).catch({ max_luminance: '', max_content: 0 })

/** ffprobe's `-show_frames` as JSON. */
export const framesReport = z.object({
  frames: z
    .array(
      z.object({
        best_effort_timestamp: z.number().optional(),
        width: number,
        height: number,
        sample_aspect_ratio: text,
        pix_fmt: text,
        interlaced_frame: number,
        color_range: text,
        color_space: text,
        color_primaries: text,
        color_transfer: text,
        side_data_list: z.array(light).default([]),
      }),
    )
    .default([]),
})
export type ReportedFrame = z.infer<typeof framesReport>['frames'][number]
