import type { Packet } from '../../timeline/packet'
import { ticksToMs } from '../../timeline/frame-index'
import type { TimeBase } from '../../timeline/frame-index'

/** A stretch of the file's own clock that is listed for the asked times in it. */
export interface Window {
  readonly fromMs: number
  readonly toMs: number
  /** Rising. */
  readonly clockMs: readonly number[]
}

/** Enough for most keyframe distances; where it is not, the proof fails and the whole stream is read. */
const leadMs = 10_000
const leastTailMs = 2000
/** No codec holds back more frames than this to bring them into order. */
const reorderFrames = 40
/** Listing this many bytes costs about what starting another ffprobe does. */
const bytesPerWindow = 64 * 1024 * 1024

/**
 * The stretches to list for the asked times, overlapping ones joined.
 * @param clockMs asked times in the file's own clock, rising
 */
export function planWindows(clockMs: readonly number[], framesPerSecond: number): readonly Window[] {
  const tailMs = Math.max(leastTailMs, framesPerSecond > 0 ? (reorderFrames * 1000) / framesPerSecond : 0)
  const windows: Window[] = []
  for (const atMs of clockMs) {
    const last = windows.at(-1)
    const next = { fromMs: atMs - leadMs, toMs: atMs + tailMs, clockMs: [atMs] }
    if (last !== undefined && next.fromMs <= last.toMs) {
      windows[windows.length - 1] = { fromMs: last.fromMs, toMs: next.toMs, clockMs: [...last.clockMs, atMs] }
    } else windows.push(next)
  }
  return windows
}

/** Windows are worth it when the file is large against their number. */
export function listsWindows(windowCount: number, sizeBytes: number): boolean {
  return sizeBytes > windowCount * bytesPerWindow
}

/**
 * Whether a listing is sure to hold the frame on screen at a time: decoding can start at a keyframe shown before it, and
 * a packet came whose decode time lies after it, so that no later packet can be shown before.
 */
export function provesFrame(packets: readonly Packet[], timeBase: TimeBase, clockMs: number): boolean {
  const at = (ticks: number | undefined): number => (ticks === undefined ? NaN : ticksToMs(ticks, timeBase))
  const keyframe = packets.findIndex(({ keyframe: isKey, discarded, pts }) => isKey && !discarded && at(pts) <= clockMs)
  return keyframe >= 0 && packets.slice(keyframe).some(({ dts }) => at(dts) > clockMs)
}
