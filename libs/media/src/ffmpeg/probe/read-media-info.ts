import type { MediaInfo } from '@libs/tasks'
import type { ContainerReport, ReportedFrame, ReportedStream } from './ffprobe-report'
import { isFilm } from './choose-picture-stream'
import { fraction } from './fraction'
import { readPixels } from './read-pixels'
import { turnOf } from './read-turn'

/** Where the picture stream's timeline lies in the file's own clock. */
export interface TimelineSpan {
  readonly startMs: number
  readonly durationMs: number
}

/** @param frame the first decoded frame: its size and pixel aspect are true where the container's are not */
export function readMediaInfo(
  { format, streams }: ContainerReport,
  chosen: ReportedStream,
  frame: ReportedFrame,
  span: TimelineSpan,
): MediaInfo {
  const size = displaySize(chosen, frame)
  const videos = streams.filter((stream) => isFilm(stream) && stream.width > 0 && stream.height > 0)
  const audios = streams.filter(({ codec_type: type }) => type === 'audio')
  return {
    container: format.format_name,
    sizeBytes: format.size,
    bitrateBps: format.bit_rate,
    durationMs: span.durationMs,
    startMs: span.startMs,
    pictureStreamIndex: chosen.index,
    displayWidthPx: size.widthPx,
    displayHeightPx: size.heightPx,
    pixels: readPixels(chosen, frame),
    videoStreams: videos.map((stream) => ({
      index: stream.index,
      codec: stream.codec_name,
      widthPx: stream.width,
      heightPx: stream.height,
      bitrateBps: stream.bit_rate,
      framesPerSecond: frameRateOf(stream),
      durationMs: stream === chosen ? span.durationMs : durationOf(stream, span),
      rotationDegrees: turnOf(stream).degrees,
      mirrored: turnOf(stream).mirrored,
    })),
    audioStreams: audios.map((stream) => ({
      index: stream.index,
      codec: stream.codec_name,
      bitrateBps: stream.bit_rate,
      sampleRateHz: stream.sample_rate,
      durationMs: durationOf(stream, span),
    })),
  }
}

function durationOf({ duration: durationS }: ReportedStream, span: TimelineSpan): number {
  return durationS > 0 ? durationS * 1000 : span.durationMs
}

/** The frame rate in Hz, 0 when unknown. */
export function frameRateOf({ avg_frame_rate: average, r_frame_rate: least }: ReportedStream): number {
  return fraction(average, '/') ?? fraction(least, '/') ?? 0
}

/** Pixels are made square by changing the width, then the picture is turned upright. */
function displaySize(stream: ReportedStream, frame: ReportedFrame): { widthPx: number; heightPx: number } {
  const pixelAspect = fraction(frame.sample_aspect_ratio, ':') ?? fraction(stream.sample_aspect_ratio, ':') ?? 1
  const codedHeightPx = frame.height > 0 ? frame.height : stream.height
  const codedWidthPx = frame.width > 0 ? frame.width : stream.width
  const shownWidthPx = Math.max(1, Math.round(codedWidthPx * pixelAspect))
  return turnOf(stream).degrees % 180 === 90
    ? { widthPx: codedHeightPx, heightPx: shownWidthPx }
    : { widthPx: shownWidthPx, heightPx: codedHeightPx }
}
