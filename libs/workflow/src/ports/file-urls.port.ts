/** Where the outside finds a stored file. */
export abstract class FileUrls {
  /** The public URL of a source or an artifact, by its key. */
  abstract urlOf(key: string): string

  /** Where the bytes of an upload can be brought. */
  abstract uploadUrlOf(token: string): string
}
