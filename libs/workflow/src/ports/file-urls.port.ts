/** Where the outside finds a stored file. */
export abstract class FileUrls {
  /** The public URL of a source or an artifact, by its key. */
  abstract urlOf(key: string): string
}
