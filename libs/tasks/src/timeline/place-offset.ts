import { AppError } from '@libs/kernel'
import type { MediaInfo } from '../media-info'
import type { Offset } from './offset'

type Timeline = Pick<MediaInfo, 'durationMs' | 'videoStreams' | 'pictureStreamIndex'>

/** Length of one frame in milliseconds; 0 where the frame rate is unknown. */
export function frameMs({ videoStreams, pictureStreamIndex }: Timeline): number {
  const rate = videoStreams.find(({ index }) => index === pictureStreamIndex)?.framesPerSecond ?? 0
  return rate > 0 ? 1000 / rate : 0
}

/**
 * Milliseconds from the first shown frame that an offset means. Exactly as asked: an offset up to one frame past the
 * end is let through (players report such positions) and shows the last frame.
 * @throws AppError `task.invalidOffset` naming the offset as it was asked and where
 */
export function placeOffset(offset: Offset, media: Timeline, field: string): number {
  if (offset.unit === 'percent') return (offset.value * media.durationMs) / 100
  const atMs = offset.unit === 's' ? offset.value * 1000 : offset.value
  if (atMs <= media.durationMs + frameMs(media)) return atMs
  throw new AppError(
    'task.invalidOffset',
    `The offset ${atMs / 1000}s is beyond the end of the media, which lasts ${media.durationMs / 1000}s.`,
    { field },
  )
}
