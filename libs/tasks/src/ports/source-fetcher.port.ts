import type { Readable } from 'node:stream'

export abstract class SourceFetcher {
  /** The largest file that is fetched. */
  abstract readonly maxBytes: number

  /**
   * Opens a stranger's URL under the rules for egress (schemes, public addresses, redirects, sizes, times).
   * @throws AppError `url.refused`, `media.notAccessible`, `media.temporarilyNotAccessible`
   */
  abstract open(url: string, signal: AbortSignal): Promise<Readable>
}
