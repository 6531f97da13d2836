/** Somebody who lends the storage's own doors to uploaders. */
export abstract class UploadUrls {
  /**
   * @returns a URL that takes the bytes of a key by PUT until then; undefined when the storage has no door of its own
   * @throws AppError `storage.failed`
   */
  abstract putUrlOf(key: string, until: Date): Promise<string | undefined>

  /**
   * @returns credentials that may write under a key until then; undefined when the storage lends none
   * @throws AppError `storage.failed`
   */
  abstract lend(key: string, until: Date): Promise<LentCredentials | undefined>

  /** Where the storage is, as its own clients say it. */
  abstract readonly place: { readonly bucket: string; readonly region: string; readonly keyPrefix: string }
}

export interface LentCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  readonly expiresAt: Date
}
