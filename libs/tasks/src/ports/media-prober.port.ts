import type { MediaInfo } from '../media-info'

export abstract class MediaProber {
  /**
   * Reads what a local media file holds.
   * @throws AppError one of those that blame the media, or what ended the reading
   */
  abstract probe(path: string, signal: AbortSignal): Promise<MediaInfo>
}
