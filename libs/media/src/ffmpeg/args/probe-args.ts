import { fileUrl, untrustedInputArgs } from './untrusted-input'

/** A stretch of the file's own clock, in seconds; an open side reaches to that end of the file. */
export interface ClockInterval {
  readonly fromS?: number
  readonly toS?: number
}

const quiet = ['-v', 'error', '-max_alloc', '1073741824'] as const

/** Container and streams, as JSON. */
export function describeArgs(path: string): readonly string[] {
  return [
    ...quiet,
    ...untrustedInputArgs('file'),
    '-print_format',
    'json',
    '-show_format',
    '-show_streams',
    fileUrl(path),
  ]
}

const frameFacts = [
  ...['best_effort_timestamp', 'width', 'height', 'sample_aspect_ratio', 'pix_fmt', 'interlaced_frame'],
  ...['color_range', 'color_space', 'color_primaries', 'color_transfer'],
]

/** The frames that decode among the first packets, as JSON. */
export function firstFramesArgs(path: string, streamIndex: number, packetCount: number): readonly string[] {
  return [
    ...quiet,
    ...untrustedInputArgs('file'),
    ...['-select_streams', String(streamIndex), '-read_intervals', `%+#${packetCount}`],
    ...['-show_entries', `frame=${frameFacts.join(',')}:frame_side_data=max_luminance,max_content`],
    ...['-print_format', 'json', fileUrl(path)],
  ]
}

/**
 * A line `pts,dts,duration,flags` per packet, without decoding, then one with the stream's codec and time base. Damaged
 * packets are warned of: before ffmpeg 6 the flags say nothing of them.
 */
export function packetsArgs(path: string, streamIndex: number, interval: ClockInterval = {}): readonly string[] {
  return [
    ...['-v', 'warning', ...quiet.slice(2)],
    ...untrustedInputArgs('file'),
    ...['-select_streams', String(streamIndex)],
    ...intervalArgs(interval),
    ...[
      '-show_entries',
      'packet=pts,dts,duration,flags:stream=codec_name,time_base',
      '-print_format',
      'csv=p=0',
      fileUrl(path),
    ],
  ]
}

/** A line with the timestamp of each decoded frame, then one with the stream's time base: for containers whose packets carry no presentation times. */
export function framesArgs(path: string, streamIndex: number): readonly string[] {
  return [
    ...quiet,
    ...untrustedInputArgs('file'),
    ...['-select_streams', String(streamIndex)],
    ...['-show_entries', 'frame=best_effort_timestamp:stream=time_base', '-print_format', 'csv=p=0', fileUrl(path)],
  ]
}

function intervalArgs({ fromS, toS }: ClockInterval): readonly string[] {
  if (fromS === undefined && toS === undefined) return []
  return ['-read_intervals', `${fromS?.toFixed(6) ?? ''}%${toS?.toFixed(6) ?? ''}`]
}
