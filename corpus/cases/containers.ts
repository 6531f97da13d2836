import { randomBytes } from 'node:crypto'
import { caseOf } from '../case'
import { bytes, clock, faststart } from '../inputs/make'
import { before, box, cut, damage, nested, patch } from '../inputs/mp4-surgery'
import { fails, succeeds, succeedsOr } from '../judging/expectations'
import { upload } from '../judging/trials'

const time = { clock: {}, sizePx: [160, 90] } as const

/** Where packets are gone, the last frame before the hole stays on screen. */
const holed = { clock: { toleranceS: 1 }, sizePx: [160, 90] } as const

/** Containers that are cut, that lie, or that are none: 1 to 16. */
export const containers = [
  caseOf({
    ...{ number: 1, title: 'zero-byte .mp4', made: 'an empty file', quick: true },
    trials: () => [upload('1-empty.mp4', bytes(''), fails('media.empty'))],
  }),
  caseOf({
    ...{ number: 2, title: 'text renamed .mp4', made: 'the same line, many times', quick: true },
    trials: () => [upload('2-text.mp4', bytes('once upon a time\n'.repeat(1000)), fails('media.notMedia'))],
  }),
  caseOf({
    ...{ number: 3, title: 'random bytes', made: '200,000 random bytes', quick: true },
    trials: () => [
      upload(
        '3-random.mp4',
        bytes(() => randomBytes(200_000)),
        fails('media.notMedia'),
      ),
    ],
  }),
  caseOf({
    ...{ number: 4, title: 'ftyp box only', made: 'the first 32 bytes of an mp4', quick: true },
    trials: () => [
      upload(
        '4-ftyp.mp4',
        clock((mp4) => mp4.subarray(0, 32)),
        fails('media.truncated'),
      ),
    ],
  }),
  caseOf({
    ...{ number: 5, title: 'moov at the end, file cut in half', made: 'the head of an mp4', quick: true },
    trials: () => [upload('5-half.mp4', clock(cut(0.5)), fails('media.truncated'))],
  }),
  caseOf({
    ...{ number: 6, title: 'faststart mp4 cut in half', made: 'the head of an mp4 whose index comes first' },
    decision: 'The film is as long as its data: percentages are of what is there, and 100 % is its last whole frame.',
    trials: () => [upload('6-half.mp4', clock(cut(0.6), { encoding: faststart, seconds: 8 }), succeeds(time))],
  }),
  caseOf({
    ...{ number: 7, title: 'moov removed', made: 'all that comes before the moov', quick: true },
    trials: () => [
      upload(
        '7-no-moov.mp4',
        clock((mp4) => before(mp4, 'moov')),
        fails('media.truncated'),
      ),
    ],
  }),
  caseOf({
    ...{ number: 8, title: 'the size of the first box lies', made: '4 GB written into the first four bytes' },
    decision: 'A first box that claims more than the file has reads like a file that was cut off.',
    trials: () => {
      const lie = (mp4: Buffer): Buffer => Buffer.concat([Buffer.from('fffffff0', 'hex'), mp4.subarray(4)])
      return [upload('8-first-box.mp4', clock(lie), fails(['media.malformed', 'media.truncated']))]
    },
    quick: true,
  }),
  caseOf({
    ...{ number: 9, title: 'chunk offsets outside the file', made: 'stco entries beyond the end', quick: true },
    trials: () => [
      upload(
        '9-stco.mp4',
        clock((mp4) => patch(mp4, 'stco', 8, 0x7ffffff0)),
        fails(['media.malformed', 'media.truncated']),
      ),
    ],
  }),
  caseOf({
    ...{ number: 10, title: 'sample count of 268 million in stsz', made: 'one number in the index', quick: true },
    trials: () => [
      upload(
        '10-stsz.mp4',
        clock((mp4) => patch(mp4, 'stsz', 8, 0x0fffffff)),
        fails(['media.malformed', 'media.truncated']),
      ),
    ],
  }),
  caseOf({
    ...{ number: 11, title: 'duration header huge', made: 'mvhd and mdhd say centuries', quick: true },
    decision: 'Frames are believed, headers are not.',
    trials: () => [
      upload(
        '11-long.mp4',
        clock((mp4) => patch(patch(mp4, 'mvhd', 16, 0xffffffff), 'mdhd', 16, 0xffffffff)),
        succeeds(time),
      ),
    ],
  }),
  caseOf({
    ...{ number: 12, title: 'duration headers zero', made: 'mvhd, tkhd and mdhd say 0' },
    trials: () => [
      upload(
        '12-zero.mp4',
        clock((mp4) => patch(patch(patch(mp4, 'mvhd', 16, 0), 'mdhd', 16, 0), 'tkhd', 20, 0)),
        succeeds(time),
      ),
    ],
  }),
  caseOf({
    ...{ number: 13, title: '20,000 nested boxes', made: 'headers in headers', quick: true },
    trials: () => [
      upload(
        '13-nested.mp4',
        bytes(() => Buffer.concat([box('ftyp', Buffer.from('isom\0\0\0\0isom')), nested(20_000)])),
        fails(['media.malformed', 'media.truncated']),
      ),
    ],
  }),
  caseOf({
    ...{ number: 14, title: 'the sample entry says 65535 x 65535', made: 'width and height of avc1' },
    decision: 'The size in the coded pictures wins where the decoder lets it.',
    trials: () => [
      upload(
        '14-avc1.mp4',
        clock((mp4) => patch(mp4, 'avc1', 24, 0xffffffff)),
        succeedsOr(['media.tooManyPixels', 'media.noResolution', 'media.malformed'], time),
      ),
    ],
  }),
  caseOf({
    ...{ number: 15, title: 'damaged middle', made: 'bytes of the mdat turned over' },
    decision: 'Frames that only damage would give are faults of their task; the others are right.',
    trials: () => [
      upload(
        '15-damaged.mp4',
        clock((mp4) => damage(mp4, 0.3, 0.7)),
        succeedsOr(['media.malformed'], time),
      ),
      upload(
        '15-damaged.ts',
        clock((ts) => spoil(ts, 0.3, 0.7)),
        succeedsOr(['media.malformed'], holed),
      ),
    ],
  }),
  caseOf({
    ...{ number: 16, title: 'noise in the bitstream', made: 'every 500th byte of the mdat' },
    decision: 'As 15.',
    trials: () => [
      upload(
        '16-noise.mp4',
        clock((mp4) => sprinkle(mp4)),
        succeedsOr(['media.malformed'], time),
      ),
    ],
  }),
]

/** Turns bytes over, but for those that packets of MPEG-TS begin with. */
function spoil(file: Buffer, fromShare: number, toShare: number): Buffer {
  for (let at = Math.floor(file.length * fromShare); at < file.length * toShare; at += 1) {
    if (at % 188 > 24) file[at] = (file[at] ?? 0) ^ ((at * 37) & 0xff)
  }
  return file
}

function sprinkle(mp4: Buffer): Buffer {
  const start = mp4.indexOf('mdat', 0, 'latin1') + 200
  const end = start + mp4.readUInt32BE(start - 204) - 208
  for (let at = start; at < end; at += 500) mp4[at] = (mp4[at] ?? 0) ^ 0x55
  return mp4
}
