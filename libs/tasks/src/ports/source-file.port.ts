/** A stored media file, near or far: read in ranges, or as a local file by tools that want the whole of it. */
export abstract class SourceFile {
  abstract readonly sizeBytes: number

  /** Whether a local path means fetching all the bytes first. */
  abstract readonly isRemote: boolean

  /**
   * The bytes from a position on; fewer than asked only at the end of the file.
   * @throws AppError `media.notAccessible`
   */
  abstract read(positionBytes: number, lengthBytes: number, signal: AbortSignal): Promise<Buffer>

  /** Absolute path of a local file with all the bytes, which must only be read; fetched when it is first needed. */
  abstract localPath(signal: AbortSignal): Promise<string>

  /** @throws AppError `media.notAccessible` when what was read since it was opened may be of two files */
  abstract assertUnchanged(): Promise<void>
}
