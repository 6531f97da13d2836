import type { Packet } from './packet'

/** Pictures that a decoder may hold back: so far before a cut, frames may be missing between those that are left. */
const mostHeldBack = 16
/** Frames are the usual time apart when their step is less than so many of the shortest. */
const longStep = 2

/**
 * The shown frames that damaged packets leave in doubt: those decoded after one and before the next keyframe, since they
 * may refer to what is lost; and those followed by a long gap, where such a frame or a damaged one comes next, or the file is cut soon.
 * @param packets in the order of decoding
 * @param shownTicks rising
 */
export function doubtful(packets: readonly Packet[], shownTicks: Float64Array): ReadonlySet<number> {
  const found = afterDamage(packets)
  const damaged = new Set(packets.flatMap(({ corrupt, pts }) => (corrupt && pts !== undefined ? [pts] : [])))
  const isCut = packets.at(-1)?.corrupt === true
  if (found.size === 0 && damaged.size === 0) return found
  const shortest = shownTicks.reduce(
    (least, ticks, place) => (place === 0 ? least : Math.min(least, ticks - (shownTicks[place - 1] ?? ticks))),
    Infinity,
  )
  for (let place = 0; place + 1 < shownTicks.length; place += 1) {
    const [ticks = 0, next = 0] = [shownTicks[place], shownTicks[place + 1]]
    const isNearCut = isCut && place >= shownTicks.length - mostHeldBack
    if (next - ticks >= longStep * shortest && (isNearCut || found.has(next) || damaged.has(next))) found.add(ticks)
  }
  return found
}

function afterDamage(packets: readonly Packet[]): Set<number> {
  const found = new Set<number>()
  let isDamaged = false
  for (const { pts, keyframe, corrupt } of packets) {
    isDamaged &&= !keyframe
    if (isDamaged && pts !== undefined) found.add(pts)
    isDamaged ||= corrupt
  }
  return found
}
