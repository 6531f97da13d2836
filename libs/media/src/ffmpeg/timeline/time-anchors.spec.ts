import { parseFrameTimes, parsePackets } from './parse-packets'
import { timeAnchors } from './time-anchors'

/** I B B P B B P, as a program stream has it that gives a time to each block of bytes only. */
const packets = parsePackets(['0,-40,40,K_', 'N/A,0,40,__', '40,40,40,__', '80,80,40,__', 'N/A,120,40,__'].join('\n'))

it('shows an anchor when the next one is decoded, and the last one last', () => {
  expect(timeAnchors(packets, true).map(({ pts }) => pts)).toEqual([0, 120, 40, 80, 160])
})

it('does not guess the time of an anchor whose successor was not listed', () => {
  expect(timeAnchors(packets, false).map(({ pts }) => pts)).toEqual([0, 120, 40, 80, undefined])
})

it('counts on from frames that the decoder still held at the end, and forgets those before the first time', () => {
  expect(parseFrameTimes('N/A\n3\n4\n5\nN/A\nN/A\n1/25\n')).toEqual([3, 4, 5, 6, 7])
})
