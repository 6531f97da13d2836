import { AppError } from '@libs/kernel'
import type { MediaTools } from '../../confinement/open-media-tools'
import type { ClockInterval } from '../args/probe-args'
import type { PictureStream } from '../args/picture-stream'
import { framesArgs, packetsArgs } from '../args/probe-args'
import { runFfprobe } from '../run-ffprobe'
import type { FrameIndex, TimeBase } from '../../timeline/frame-index'
import type { Packet } from '../../timeline/packet'
import { indexFrames, indexPackets, isTimed } from '../../timeline/frame-index'
import { parseCodec, parseFrameTimes, parseDamage, parsePackets, parseTimeBase } from './parse-packets'
import { timeAnchors } from './time-anchors'

export interface PacketList {
  readonly timeBase: TimeBase
  /** In the order of decoding. */
  readonly packets: readonly Packet[]
}

const anchoredCodecs = new Set(['mpeg1video', 'mpeg2video'])

/** Lists packets and frames of one stream with ffprobe; listing packets decodes nothing. */
export class PacketLister {
  constructor(private readonly tools: MediaTools) {}

  /**
   * Damage ends a listing early without failing it: what was read before is still true.
   * @throws AppError `media.malformed` when the stream cannot be opened
   */
  async packets({ path, index }: PictureStream, interval: ClockInterval, signal: AbortSignal): Promise<PacketList> {
    const { stdout, stderr } = await runFfprobe(this.tools, packetsArgs(path, index, interval), path, signal)
    const packets = parsePackets(stdout, parseDamage(stderr, index))
    const anchored = anchoredCodecs.has(parseCodec(stdout) ?? '')
    return {
      timeBase: timeBaseIn(stdout),
      packets: anchored ? timeAnchors(packets, interval.toS === undefined) : packets,
    }
  }

  /**
   * Reads the whole stream.
   * @param startMs presentation time of the first frame that decodes, in the file's own clock
   * @throws AppError `media.malformed` when nothing in it has a time
   */
  async indexWhole(stream: PictureStream, startMs: number, signal: AbortSignal): Promise<FrameIndex> {
    const { packets, timeBase } = await this.packets(stream, {}, signal)
    const index = isTimed(packets)
      ? indexPackets(packets, timeBase, { startMs, whole: true, seeksBlindly: stream.seeksBlindly })
      : await this.indexDecoded(stream, startMs, signal)
    if (index.shownTicks.length > 0) return index
    throw new AppError('media.malformed', 'No frame of the video has a time.')
  }

  /** AVI with B-frames: presentation times exist only once decoded. */
  async indexDecoded({ path, index }: PictureStream, startMs: number, signal: AbortSignal): Promise<FrameIndex> {
    const { stdout } = await runFfprobe(this.tools, framesArgs(path, index), path, signal)
    return indexFrames(parseFrameTimes(stdout), timeBaseIn(stdout), startMs)
  }
}

function timeBaseIn(csv: string): TimeBase {
  const timeBase = parseTimeBase(csv)
  if (timeBase === undefined) throw new AppError('media.malformed', 'The video stream of the media cannot be read.')
  return timeBase
}
