/** Sources and artifacts for whoever holds their URL. */
export abstract class StoredFiles {
  /** The local file of a key that may come from anywhere; undefined unless it is there and may be served. */
  abstract find(key: string): string | undefined
}
