import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@libs/kernel'
import { FrameGrabber } from '@libs/tasks'
import type { CaptureAccount, FrameAccuracy, GrabbedFrame, GrabRequest, MediaInfo } from '@libs/tasks'
import { writeCube } from '../colour/write-cube'
import type { ExcerptFile, Excerpts } from '../container/excerpts'
import { openExcerpts } from '../container/open-excerpts'
import type { MediaTools } from '../confinement/open-media-tools'
import { convertPicture } from '../sharp/convert-picture'
import { prepareMarks } from '../sharp/draw-marks'
import type { VideoFacts } from '../planning/cost-model'
import { lanesOfProcess } from '../planning/lanes'
import { planCapture } from '../planning/plan-capture'
import type { CapturePlan } from '../planning/plan-capture'
import type { DecodeRun } from '../planning/plan-runs'
import { planGroups } from '../planning/plan-runs'
import { frameOnScreen, keyframeAfter, keyframeBefore, ticksToMs } from '../timeline/frame-index'
import type { FrameIndex } from '../timeline/frame-index'
import { encoderArgs } from './args/encoder-args'
import { pictureName } from './args/grab-args'
import type { PictureStyle } from './args/grab-args'
import { pictureFilter } from './args/picture-filter'
import { decoderOf, seeksBlindly } from './args/picture-stream'
import type { PictureStream } from './args/picture-stream'
import { ExcerptCapturer } from './capture/excerpt-capturer'
import { FrameCapturer } from './capture/frame-capturer'
import { madePictures, watchPictures } from './capture/made-pictures'
import { FrameIndexReader } from './timeline/frame-index-reader'
import { PacketLister } from './timeline/packet-lister'

/** Of a video that does not say its rate. */
const assumedFramesPerSecond = 25

/**
 * Takes exact frames: learns which frame is on screen when, from the container's own tables where it has them and by
 * listing packets where it has not, then decodes just those frames, and names every picture by the presentation time
 * that the decoder gave it.
 */
export class FfmpegFrameGrabber extends FrameGrabber {
  private readonly indexes: FrameIndexReader
  /** A sprite task asks sheet by sheet, with the same media each time. */
  private readonly opened = new WeakMap<MediaInfo, Promise<ExcerptFile | undefined>>()

  constructor(private readonly tools: MediaTools) {
    super()
    this.indexes = new FrameIndexReader(new PacketLister(tools))
  }

  override async grab(request: GrabRequest, signal: AbortSignal): Promise<readonly GrabbedFrame[]> {
    // Where the file is another one now, that is why whatever went wrong did.
    return this.grabFrames(request, signal).finally(() => request.source.assertUnchanged())
  }

  private async grabFrames(request: GrabRequest, signal: AbortSignal): Promise<readonly GrabbedFrame[]> {
    const { media, atMs, accuracy } = request
    const { format } = request.encoding
    if (atMs.length === 0) return []
    const clockMs = atMs.map((at) => media.startMs + at).sort((a, b) => a - b)
    const file = await this.open(request, signal)
    const around = await file?.around(clockMs, signal)
    // Stretches around the asked times need not hold the keyframes after them.
    const excerpts = accuracy === 'nearestKeyframe' && around?.table.whole === false ? undefined : around
    const index = excerpts?.table ?? (await this.list(request, clockMs, signal))
    const wanted = atMs.map((at) => frameFor(index, at, accuracy))
    const style = await styleOf(request)
    const rising = [...new Set(wanted)].sort((a, b) => a - b)
    const done = (made: number): void => request.onProgress?.(Math.floor((made * atMs.length) / rising.length))
    const watching = watchPictures(style.folder, style.format, done)
    const shown = await this.capture(request, { excerpts, index, style }, rising, signal).finally(watching.stop)
    const finished = await finishAll(style, new Set(shown.values()), request)
    return wanted.map((pts, place) => {
      const shownPts = shown.get(pts) ?? pts
      return {
        atMs: atMs[place] ?? 0,
        ptsMs: toMicroseconds(ticksToMs(shownPts, index.timeBase) - media.startMs),
        path: join(finished, `${shownPts}.${format}`),
      }
    })
  }

  private open({ source, media }: GrabRequest, signal: AbortSignal): Promise<ExcerptFile | undefined> {
    const opening = this.opened.get(media) ?? openExcerpts(source, media, signal)
    this.opened.set(media, opening)
    return opening
  }

  private async list(request: GrabRequest, clockMs: readonly number[], signal: AbortSignal): Promise<FrameIndex> {
    const stream = await pictureStream(request, signal)
    if (request.accuracy === 'nearestKeyframe') return this.indexes.readWhole(stream, request.media, signal)
    return this.indexes.read(stream, request.media, clockMs, signal)
  }

  private async capture(
    request: GrabRequest,
    { excerpts, index, style }: Known,
    ptsTicks: readonly number[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<number, number>> {
    const startedMs = performance.now()
    const facts = { ptsTicks, index, excerpts, video: videoOf(request), lanes: lanesOfProcess }
    const plan = planCapture({ ...facts, ranged: request.source.isRemote })
    const fromFile = async (runs: readonly DecodeRun[]): Promise<ReadonlyMap<number, number>> => {
      const stream = await pictureStream(request, signal)
      const capturer = new FrameCapturer(this.tools, stream, style, index, signal)
      return capturer.capture(runs, facts.video.pixels, facts.lanes)
    }
    const shown = new Map(ptsTicks.map((pts) => [pts, pts]))
    if (plan.strategy === 'excerpt') {
      await new ExcerptCapturer(this.tools, plan.excerpts, style, signal).capture(plan.shares, facts.lanes)
      // What an excerpt does not bring, because something in it is damaged, comes from the file itself.
      const made = await madePictures(style.folder, style.format)
      const missing = ptsTicks.filter((pts) => !made.has(pts))
      if (missing.length > 0)
        for (const [pts, instead] of await fromFile(planGroups(missing, index))) shown.set(pts, instead)
    } else for (const [pts, instead] of await fromFile(plan.runs)) shown.set(pts, instead)
    request.onCaptured?.(accountOf(plan, performance.now() - startedMs))
    return shown
  }
}

/** What is known of a grab before anything is decoded. */
interface Known {
  readonly excerpts: Excerpts | undefined
  readonly index: FrameIndex
  readonly style: PictureStyle
}

function videoOf({ media, geometry }: GrabRequest): VideoFacts {
  const video = media.videoStreams.find(({ index }) => index === media.pictureStreamIndex)
  const { bitrateBps = 0, framesPerSecond = 0 } = video ?? {}
  const bytesPerSecond = (bitrateBps > 0 ? bitrateBps : media.bitrateBps) / 8
  return {
    codec: video?.codec ?? '',
    pixels: (video?.widthPx ?? 0) * (video?.heightPx ?? 0),
    frameBytes: bytesPerSecond / (framesPerSecond > 0 ? framesPerSecond : assumedFramesPerSecond),
    picturePixels: geometry.widthPx * geometry.heightPx,
  }
}

function accountOf({ strategy, reason, work, predictedMs }: CapturePlan, tookMs: number): CaptureAccount {
  return { strategy, reason, pictures: work.pictures, frames: work.frames, predictedMs, tookMs }
}

/** Whether sharp has still something to do with what ffmpeg makes. */
function isInterim({ encoding: { format }, marks = [] }: GrabRequest): boolean {
  return marks.length > 0 || (format !== 'jpg' && format !== 'png')
}

async function styleOf(request: GrabRequest): Promise<PictureStyle> {
  const { media, geometry, encoding, folder } = request
  const format = encoding.format === 'jpg' && !isInterim(request) ? 'jpg' : 'png'
  const frames = await mkdtemp(join(folder, 'frames-'))
  const cubePath = await writeCube(media, frames)
  return {
    pictureFilter: pictureFilter({ geometry, media, format, chroma: encoding.chroma, cubePath }),
    format,
    encoderArgs: encoderArgs({ ...encoding, format }, { isInterim: isInterim(request) }),
    folder: frames,
  }
}

async function pictureStream({ source, media }: GrabRequest, signal: AbortSignal): Promise<PictureStream> {
  if (media.pictureStreamIndex === undefined) throw new AppError('media.noVideo', 'The media has no video.')
  const { container, pictureStreamIndex: index } = media
  return {
    path: await source.localPath(signal),
    index,
    seeksBlindly: seeksBlindly(container),
    ...decoderOf(media),
  }
}

function frameFor(index: FrameIndex, atMs: number, accuracy: FrameAccuracy): number {
  const pts = frameOnScreen(index, index.startMs + atMs)
  if (pts === undefined || index.doubtfulTicks.has(pts)) {
    throw new AppError('media.malformed', `The video has no frame at ${atMs / 1000}s, or it is damaged there.`)
  }
  if (accuracy === 'exact' || index.keyframeTicks.length === 0) return pts
  // Before the first keyframe that is shown there is the first frame.
  const before = Math.max(keyframeBefore(index, pts) ?? -Infinity, index.shownTicks[0] ?? pts)
  const after = accuracy === 'nearestKeyframe' ? keyframeAfter(index, pts) : undefined
  if (after === undefined || index.doubtfulTicks.has(after)) return before
  const distanceMs = (ticks: number): number => Math.abs(ticksToMs(ticks, index.timeBase) - index.startMs - atMs)
  return distanceMs(after) < distanceMs(before) ? after : before
}

/** Brings ffmpeg's pictures into the asked format with the marks on them. @returns the folder that they are in then */
async function finishAll(
  { format, folder }: PictureStyle,
  shown: ReadonlySet<number>,
  request: GrabRequest,
): Promise<string> {
  if (!isInterim(request)) return folder
  const { encoding, geometry, marks = [] } = request
  const finished = await mkdtemp(join(folder, 'finished-'))
  const conversion = { encoding, geometry, marks: await prepareMarks(marks, geometry) }
  for (const pts of shown) {
    const made = join(folder, pictureName(pts, format))
    await convertPicture(made, join(finished, `${pts}.${encoding.format}`), conversion)
    await rm(made)
  }
  return finished
}

function toMicroseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
