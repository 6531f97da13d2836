import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@libs/kernel'
import { FrameGrabber } from '@libs/tasks'
import type { GrabbedFrame, GrabRequest } from '@libs/tasks'
import type { MediaTools } from '../media.env'
import { convertPicture } from '../sharp/convert-picture'
import { pictureName } from './args/grab-args'
import { pictureFilter } from './args/picture-filter'
import type { EncodedFormat } from './args/picture-filter'
import { FrameCapturer } from './capture/frame-capturer'
import { frameOnScreen, ticksToMs } from './timeline/frame-index'
import type { FrameIndex } from './timeline/frame-index'
import { FrameIndexReader } from './timeline/frame-index-reader'
import { PacketLister } from './timeline/packet-lister'
import type { PictureStream } from './timeline/packet-lister'

/**
 * Takes exact frames: lists the packets around the asked times to know which frame is on screen when, then decodes just
 * those frames, and names every picture by the presentation time that the decoder gave it.
 */
export class FfmpegFrameGrabber extends FrameGrabber {
  private readonly indexes: FrameIndexReader

  constructor(private readonly tools: MediaTools) {
    super()
    this.indexes = new FrameIndexReader(new PacketLister(tools.ffprobePath))
  }

  override async grab(request: GrabRequest, signal: AbortSignal): Promise<readonly GrabbedFrame[]> {
    const { media, atMs } = request
    const { format } = request.encoding
    if (atMs.length === 0) return []
    const stream = await pictureStream(request, signal)
    const clockMs = [...atMs].map((at) => media.startMs + at).sort((a, b) => a - b)
    const index = await this.indexes.read(stream, media, clockMs, signal)
    const wanted = atMs.map((at) => onScreen(index, at))
    const folder = await mkdtemp(join(request.folder, 'frames-'))
    const encoded = format === 'jpg' ? 'jpg' : 'png'
    const shown = await this.capture(request, { stream, index, folder, encoded }, [...new Set(wanted)], signal)
    if (encoded !== format) await convertAll(folder, new Set(shown.values()), request)
    return wanted.map((pts, place) => {
      const shownPts = shown.get(pts) ?? pts
      return {
        atMs: atMs[place] ?? 0,
        ptsMs: toMicroseconds(ticksToMs(shownPts, index.timeBase) - media.startMs),
        path: join(folder, `${shownPts}.${format}`),
      }
    })
  }

  private capture(
    { media, geometry }: GrabRequest,
    at: { stream: PictureStream; index: FrameIndex; folder: string; encoded: EncodedFormat },
    wanted: readonly number[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<number, number>> {
    const display = { widthPx: media.displayWidthPx, heightPx: media.displayHeightPx }
    const style = {
      path: at.stream.path,
      streamIndex: at.stream.index,
      pictureFilter: pictureFilter(geometry, display, at.encoded),
      format: at.encoded,
      folder: at.folder,
    }
    const rising = [...wanted].sort((a, b) => a - b)
    const capturer = new FrameCapturer(this.tools.ffmpegPath, style, at.index, signal)
    return capturer.capture(rising, display.widthPx * display.heightPx)
  }
}

async function pictureStream({ source, media }: GrabRequest, signal: AbortSignal): Promise<PictureStream> {
  if (media.pictureStreamIndex === undefined) throw new AppError('media.noVideo', 'The media has no video.')
  return { path: await source.localPath(signal), index: media.pictureStreamIndex }
}

function onScreen(index: FrameIndex, atMs: number): number {
  const pts = frameOnScreen(index, index.startMs + atMs)
  if (pts !== undefined) return pts
  throw new AppError('media.malformed', `The video has no frame at ${atMs / 1000}s.`)
}

/** From the PNGs that ffmpeg made. */
async function convertAll(folder: string, shown: ReadonlySet<number>, request: GrabRequest): Promise<void> {
  for (const pts of shown) {
    const png = join(folder, pictureName(pts, 'png'))
    await convertPicture(png, join(folder, `${pts}.${request.encoding.format}`), request)
    await rm(png)
  }
}

function toMicroseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
