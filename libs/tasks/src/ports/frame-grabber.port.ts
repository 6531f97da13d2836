import type { MediaInfo } from '../media-info'
import type { FrameAccuracy, PictureEncoding, PictureGeometry } from '../stills/picture'
import type { SourceFile } from './source-file.port'

/** An image to draw on pictures, scaled to exactly its size; what lies outside a picture is not drawn. */
export interface PictureMark {
  /** Absolute path of a PNG with alpha. */
  readonly path: string
  readonly leftPx: number
  readonly topPx: number
  readonly widthPx: number
  readonly heightPx: number
  /** From 0, which cannot be seen, to 1. */
  readonly opacity: number
}

export interface GrabRequest {
  readonly source: SourceFile
  readonly media: MediaInfo
  /** Times from the first shown frame, in any order, repeats allowed; each within the duration. */
  readonly atMs: readonly number[]
  readonly geometry: PictureGeometry
  readonly encoding: PictureEncoding
  readonly accuracy: FrameAccuracy
  /** Drawn on every picture, later ones above earlier ones. */
  readonly marks?: readonly PictureMark[] | undefined
  /** Folder that the pictures are written to. */
  readonly folder: string
  /** Hears how the pictures were had. */
  readonly onCaptured?: ((account: CaptureAccount) => void) | undefined
  /** Hears how many of the asked times have their frame so far; a grabber that cannot tell stays silent. */
  readonly onProgress?: ((framesDone: number) => void) | undefined
}

/** How the pictures of a grab were had, for logs and figures. */
export interface CaptureAccount {
  /** Such as `excerpt`, `seeks`, `pass`. */
  readonly strategy: string
  /** Why it was chosen, in a few words. */
  readonly reason: string
  readonly pictures: number
  /** Frames that had to be decoded for them, as planned. */
  readonly frames: number
  readonly predictedMs: number
  readonly tookMs: number
}

export interface GrabbedFrame {
  readonly atMs: number
  /** Presentation time of the frame in the picture, from the first shown frame. */
  readonly ptsMs: number
  /** Absolute path; frames asked for twice may share a file. */
  readonly path: string
}

export abstract class FrameGrabber {
  /**
   * Makes a picture of the frame on screen at each time, the last one presented at or before it; with the accuracy
   * `keyframe`, of the last keyframe presented at or before it, with `nearestKeyframe`, of the nearest.
   * @returns one frame per asked time, in the order asked
   * @throws AppError `media.malformed` when a frame cannot be had, `task.timedOut`, `storage.full`
   */
  abstract grab(request: GrabRequest, signal: AbortSignal): Promise<readonly GrabbedFrame[]>
}
