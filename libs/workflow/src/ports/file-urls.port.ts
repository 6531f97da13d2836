/** A file that a URL of ours leads to. */
export interface NamedFile {
  readonly key: string
  /** Until when the URL is good; undefined: for ever. */
  readonly expiresAtMs: number | undefined
  /** Whether other bytes may come to be under the key. */
  readonly mayChange?: boolean
}

/** Where the outside finds a stored file. */
export abstract class FileUrls {
  /**
   * The public URL of a source or an artifact, by its key; signed, for a time, where the installation wants that, and always
   * where the key is in a bucket, whose names can be guessed. It ends with the key; with the key of another file of the same
   * task in its place it leads to that one.
   * @param lifetimeS for how long a signed URL is good, in place of the installation's own time
   */
  abstract urlOf(key: string, lifetimeS?: number): string

  /**
   * What a URL of a file leads to.
   * @param path what comes after the file door's own path, decoded
   * @throws AppError `file.forbidden` when URLs are signed and this one is not, or no longer good
   */
  abstract fileAt(path: string): NamedFile

  /** Where the bytes of an upload can be brought. */
  abstract uploadUrlOf(token: string): string
}
