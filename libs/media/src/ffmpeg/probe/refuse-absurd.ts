import { AppError } from '@libs/kernel'
import type { MediaInfo } from '@libs/tasks'

/** Recordings of cameras run for days; none for a year. */
const longestMs = 366 * 86_400_000
/** Above every camera, and above the clock of MPEG (90 kHz), which stands in where a stream says no rate. */
const mostFramesPerSecond = 100_000

/**
 * What a film cannot be, whatever its headers say, is refused before anything is planned by it.
 * @throws AppError `media.unsupported`
 */
export function refuseAbsurd(media: MediaInfo): MediaInfo {
  if (media.durationMs > longestMs) {
    throw new AppError('media.unsupported', `A video of ${Math.round(media.durationMs / 86_400_000)} days is too long.`)
  }
  const rate = media.videoStreams.find(({ index }) => index === media.pictureStreamIndex)?.framesPerSecond ?? 0
  if (rate > mostFramesPerSecond) {
    throw new AppError('media.unsupported', `A video of ${Math.round(rate)} frames a second is too fast.`)
  }
  return media
}
