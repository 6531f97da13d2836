import type { MediaInfo } from '../media-info'

export abstract class MediaProber {
  /**
   * Reads what a local media file holds.
   * @throws AppError `media.noVideo`, `media.noResolution`, `media.malformed` or `media.unsupported`
   */
  abstract probe(path: string, signal: AbortSignal): Promise<MediaInfo>
}
