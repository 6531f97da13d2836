/** The stream that pictures are taken from. */
export interface PictureStream {
  /** Absolute path of a local media file. */
  readonly path: string
  /** As ffmpeg counts streams. */
  readonly index: number
}
