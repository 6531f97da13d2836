import type { Packet } from '../../timeline/packet'

/**
 * Gives times to the anchors (I and P pictures) that a program stream of MPEG-1 or MPEG-2 leaves without: there the
 * decoder shows an anchor when it takes in the next one (ISO 13818-2, 6.1.1.11), and the last one after all others.
 * @param packets in the order of decoding
 * @param toTheEnd whether the last packet is the last of the stream; else nothing says when the last anchor is shown
 */
export function timeAnchors(packets: readonly Packet[], toTheEnd: boolean): readonly Packet[] {
  const last = packets.at(-1)
  let nextDts = toTheEnd && last?.dts !== undefined ? last.dts + (last.duration ?? 0) : undefined
  return packets
    .toReversed()
    .map((packet) => {
      const { pts, dts } = packet
      if (pts !== undefined && pts === dts) return packet
      const timed = { ...packet, pts: pts ?? nextDts }
      nextDts = dts
      return timed
    })
    .toReversed()
}
