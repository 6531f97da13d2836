import { doubtful } from './doubtful'
import type { Packet } from './packet'

/** Packets of a frame a tick, in the order they are shown; K starts anew, x is damaged, a dot is missing. */
function packets(film: string): readonly Packet[] {
  return Array.from(film).flatMap((kind, tick) =>
    kind === '.'
      ? []
      : [{ pts: tick, dts: tick, duration: 1, keyframe: kind === 'K', discarded: false, corrupt: kind === 'x' }],
  )
}

const doubts = (film: string): readonly number[] => {
  const listed = packets(film)
  return [
    ...doubtful(
      listed,
      Float64Array.from(listed, ({ pts }) => pts ?? 0),
    ),
  ].sort((a, b) => a - b)
}

it.each([
  ['nothing, where nothing is damaged', 'K--K-...-', []],
  ['what follows damage until the next keyframe', 'K-x--K--', [3, 4]],
  ['the frame before a gap beside damage', 'K-...x-K', [1, 6]],
  ['the frame before a gap whose other side refers to what is lost', 'K-x...-K', [2, 6]],
  ['not the last frame before a leap to a keyframe', 'K--x....K--', []],
  ['frames whose neighbours may be behind the cut', 'K---..-x', [3]],
] as const)('doubts %s', (_what, film, doubted) => {
  expect(doubts(film)).toEqual(doubted)
})
