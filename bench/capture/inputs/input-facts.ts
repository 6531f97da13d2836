import type { MediaTools } from '@libs/media'
import { runTool } from '../ways/run-tool'

export interface Packet {
  readonly pts: number
  readonly isKey: boolean
  readonly sizeBytes: number
}

/** What is in a film's video, packet by packet in decoding order. */
export interface InputFacts {
  readonly path: string
  readonly packets: readonly Packet[]
  /** Presentation times that are shown, rising. */
  readonly shownPts: readonly number[]
  readonly secondsPerTick: number
}

/** Lists every packet; decodes nothing. */
export async function readFacts({ ffprobePath }: MediaTools, path: string): Promise<InputFacts> {
  const entries = 'packet=pts,size,flags:stream=time_base'
  const args = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', entries, '-of', 'csv', path]
  const lines = (await runTool(ffprobePath, args)).split('\n').map((line) => line.split(','))
  const listed = lines.flatMap(([section, pts, size, flags]) =>
    section === 'packet' ? [{ pts: Number(pts), sizeBytes: Number(size), flags }] : [],
  )
  const base =
    lines
      .find(([section]) => section === 'stream')?.[1]
      ?.split('/')
      .map(Number) ?? []
  const shown = listed.filter(({ flags }) => flags?.includes('D') !== true)
  return {
    path,
    packets: listed.map(({ pts, sizeBytes, flags }) => ({ pts, sizeBytes, isKey: flags?.includes('K') === true })),
    shownPts: shown.map(({ pts }) => pts).sort((a, b) => a - b),
    secondsPerTick: (base[0] ?? NaN) / (base[1] ?? NaN),
  }
}

/** The presentation time of the frame on screen: the last one at or before it, counted from the first that is shown. */
export function ptsOnScreen({ shownPts, secondsPerTick }: InputFacts, atS: number): number {
  const [first = 0] = shownPts
  // A hundredth of a tick for what percentages of seconds are off by.
  return shownPts.findLast((pts) => (pts - first - 0.01) * secondsPerTick <= atS) ?? first
}

/** A group of pictures that has to be entered at its keyframe: places in decoding order, the last one included. */
export interface Run {
  readonly from: number
  readonly to: number
}

/** The stretch of packets that a decoder needs for one frame. */
export function runTo({ packets }: InputFacts, pts: number): Run {
  const to = packets.findIndex((packet) => packet.pts === pts)
  const from = packets.findLastIndex((packet, place) => place <= to && packet.isKey && packet.pts <= pts)
  return { from: Math.max(0, from), to }
}
