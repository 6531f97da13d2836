import type { MediaInfo } from '../media-info'
import type { ImageFormat, PictureGeometry } from '../stills/picture'

export interface GrabRequest {
  /** Absolute path of a local media file. */
  readonly path: string
  readonly media: MediaInfo
  /** Times from the first shown frame, in any order, repeats allowed; each within the duration. */
  readonly atMs: readonly number[]
  readonly geometry: PictureGeometry
  readonly format: ImageFormat
  /** Folder that the pictures are written to. */
  readonly folder: string
}

export interface GrabbedFrame {
  readonly atMs: number
  /** Presentation time of the frame on screen at `atMs`, from the first shown frame. */
  readonly ptsMs: number
  /** Absolute path; frames asked for twice may share a file. */
  readonly path: string
}

export abstract class FrameGrabber {
  /**
   * Makes a picture of the frame on screen at each time: the last one presented at or before it.
   * @returns one frame per asked time, in the order asked
   * @throws AppError `media.malformed` when a frame cannot be had, `task.timedOut`, `storage.full`
   */
  abstract grab(request: GrabRequest, signal: AbortSignal): Promise<readonly GrabbedFrame[]>
}
