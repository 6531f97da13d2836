import type { TimeBase } from '../../timeline/frame-index'
import type { Packet } from '../../timeline/packet'
import { isTimed, ticksToMs } from '../../timeline/frame-index'
import type { PictureStream } from '../args/picture-stream'
import type { PacketLister } from '../timeline/packet-lister'
import type { ContainerReport, ReportedFrame, ReportedStream } from './ffprobe-report'
import type { TimelineSpan } from './read-media-info'
import { frameRateOf } from './read-media-info'

/** How far before the announced end the packets are listed that tell the true one. */
const tailS = 15
/** For the single frame of a video that says no rate. */
const assumedFramesPerSecond = 25

/**
 * From the first frame that decodes to the end of the last one that is there, whatever the headers announce.
 * Reads the packets near the announced end; where they say nothing, all of them.
 */
export async function readSpan(
  lister: PacketLister,
  stream: PictureStream,
  { format, chosen, frame }: { format: ContainerReport['format']; chosen: ReportedStream; frame: ReportedFrame },
  signal: AbortSignal,
): Promise<TimelineSpan> {
  const frameMs = 1000 / (frameRateOf(chosen) || assumedFramesPerSecond)
  const fromS = format.start_time + format.duration - tailS
  const tail = await lister.packets(stream, format.duration > tailS ? { fromS } : {}, signal)
  const startMs = ticksToMs(frame.best_effort_timestamp ?? 0, tail.timeBase)
  const endMs =
    endOfLastFrameMs(tail.packets, tail.timeBase, frameMs) ??
    (await searchEndMs(lister, stream, { startMs, frameMs }, signal))
  return { startMs: toMicroseconds(startMs), durationMs: toMicroseconds(Math.max(endMs - startMs, frameMs)) }
}

async function searchEndMs(
  lister: PacketLister,
  stream: PictureStream,
  { startMs, frameMs }: { readonly startMs: number; readonly frameMs: number },
  signal: AbortSignal,
): Promise<number> {
  const all = await lister.packets(stream, {}, signal)
  const endMs = endOfLastFrameMs(all.packets, all.timeBase, frameMs)
  if (endMs !== undefined) return endMs
  const { shownTicks, timeBase } = await lister.indexDecoded(stream, startMs, signal)
  const last = shownTicks.at(-1)
  return last === undefined ? startMs + frameMs : ticksToMs(last, timeBase) + frameMs
}

function endOfLastFrameMs(packets: readonly Packet[], timeBase: TimeBase, frameMs: number): number | undefined {
  if (!isTimed(packets)) return undefined
  const whole = packets.slice(0, packets.findLastIndex(({ corrupt }) => !corrupt) + 1)
  const ends = whole.flatMap(({ pts, duration, discarded }) => {
    if (pts === undefined || discarded) return []
    return [ticksToMs(pts, timeBase) + (duration ? ticksToMs(duration, timeBase) : frameMs)]
  })
  return ends.length > 0 ? ends.reduce((latest, end) => Math.max(latest, end)) : undefined
}

/** The precision of container clocks. */
function toMicroseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
