import { runInLanes } from '@libs/kernel'
import type { MediaInfo } from '@libs/tasks'
import { lanesOfProcess } from '../../planning/lanes'
import type { FrameIndex } from '../../timeline/frame-index'
import { indexPackets } from '../../timeline/frame-index'
import type { Window } from './list-windows'
import { listsWindows, planWindows, provesFrame } from './list-windows'
import type { PictureStream } from '../args/picture-stream'
import type { PacketList, PacketLister } from './packet-lister'

/** Finds out which frames there are around the asked times, reading as little of the file as proves it. */
export class FrameIndexReader {
  /** A sprite task asks sheet by sheet, with the same media each time. */
  private readonly whole = new WeakMap<MediaInfo, { readonly path: string; readonly index: Promise<FrameIndex> }>()

  constructor(private readonly lister: PacketLister) {}

  /** @param clockMs asked times in the file's own clock, rising */
  async read(
    stream: PictureStream,
    media: MediaInfo,
    clockMs: readonly number[],
    signal: AbortSignal,
  ): Promise<FrameIndex> {
    const rate = media.videoStreams.find(({ index }) => index === stream.index)?.framesPerSecond ?? 0
    const windows = planWindows(clockMs, rate)
    if (!listsWindows(windows.length, media.sizeBytes)) return this.readWhole(stream, media, signal)
    const lists = await runInLanes(windows, lanesOfProcess, (window) =>
      this.list(stream, window, media.startMs, signal),
    )
    const [first] = lists
    const proven = windows.every((window, index) => provesAll(window, lists[index]))
    if (first === undefined || !proven) return this.readWhole(stream, media, signal)
    return indexPackets(
      lists.flatMap(({ packets }) => packets),
      first.timeBase,
      { startMs: media.startMs, whole: false, seeksBlindly: stream.seeksBlindly },
    )
  }

  private list(
    stream: PictureStream,
    { fromMs, toMs }: Window,
    startMs: number,
    signal: AbortSignal,
  ): Promise<PacketList> {
    const from = fromMs > startMs ? { fromS: fromMs / 1000 } : {}
    return this.lister.packets(stream, { ...from, toS: toMs / 1000 }, signal)
  }

  /** Every frame of the stream, however large the file. */
  readWhole(stream: PictureStream, media: MediaInfo, signal: AbortSignal): Promise<FrameIndex> {
    const known = this.whole.get(media)
    if (known?.path === stream.path) return known.index
    const index = this.lister.indexWhole(stream, media.startMs, signal)
    this.whole.set(media, { path: stream.path, index })
    return index
  }
}

function provesAll({ clockMs }: Window, list: PacketList | undefined): boolean {
  return list !== undefined && clockMs.every((atMs) => provesFrame(list.packets, list.timeBase, atMs))
}
