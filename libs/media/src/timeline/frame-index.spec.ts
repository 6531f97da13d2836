import { frameOnScreen, framesBefore, indexPackets, isTimed, seekTicksOf } from './frame-index'
import { planWindows, provesFrame } from '../ffmpeg/timeline/list-windows'
import { parsePackets, parseTimeBase } from '../ffmpeg/timeline/parse-packets'

const timeBase = { numerator: 1, denominator: 1000 }
/** In the order of decoding, with B-frames, an edit list that hides the first frame, and a last packet that is cut. */
const csv = [
  '0,-80,40,KD_',
  '160,-40,40,__',
  '80,0,40,__',
  '40,40,40,__',
  '120,80,40,__',
  '200,120,40,K__',
  '240,160,40,_C',
  '1/1000',
  '',
].join('\n')
const packets = parsePackets(csv)
const index = indexPackets(packets, timeBase, { startMs: 40, whole: true })

it('knows the frames that are shown, in the order they are shown in', () => {
  expect([...index.shownTicks]).toEqual([40, 80, 120, 160, 200])
  expect([...index.keyframeTicks]).toEqual([0, 200])
  expect(parseTimeBase(csv)).toEqual(timeBase)
})

it.each([
  [40, 40],
  [79.9, 40],
  [80, 80],
  [79.9995, 80],
  [5000, 200],
  [39, undefined],
])('at %d ms of the clock the frame of %p is on screen', (clockMs, ticks) => {
  expect(frameOnScreen(index, clockMs)).toBe(ticks)
})

it('seeks where a keyframe is decoded, in a stream that is sought in by that clock', () => {
  const blind = indexPackets(packets, timeBase, { startMs: 40, whole: true, seeksBlindly: true })
  expect([0, 200].map((keyframe) => seekTicksOf(blind, keyframe))).toEqual([-80, 120])
  expect([0, 200].map((keyframe) => seekTicksOf(index, keyframe))).toEqual([0, 200])
})

it('walks back through the frames shown before', () => {
  expect(framesBefore(index, 160, 2)).toEqual([120, 80])
  expect(framesBefore(index, 40, 2)).toEqual([])
})

it('sees when packets do not say when they are shown', () => {
  expect(isTimed(packets)).toBe(true)
  expect(isTimed(parsePackets('N/A,0,1,K_\n2,2,1,__\n'))).toBe(false)
})

describe('a partial listing', () => {
  const part = parsePackets('1000,920,40,K_\n1120,960,40,__\n1040,1000,40,__\n1080,1040,40,__\n')

  it('proves a frame when decoding has gone past the asked time', () => {
    expect(provesFrame(part, timeBase, 1039)).toBe(true)
    expect(provesFrame(part, timeBase, 1040)).toBe(false)
  })

  it('proves nothing before its first keyframe', () => {
    expect(provesFrame(part, timeBase, 999)).toBe(false)
  })

  it('is one where the asked times are near, and long enough for slow films', () => {
    expect(planWindows([5000, 20_000, 90_000], 25)).toEqual([
      { fromMs: -5000, toMs: 7000, clockMs: [5000] },
      { fromMs: 10_000, toMs: 22_000, clockMs: [20_000] },
      { fromMs: 80_000, toMs: 92_000, clockMs: [90_000] },
    ])
    expect(planWindows([5000, 9000], 0.5)).toEqual([{ fromMs: -5000, toMs: 89_000, clockMs: [5000, 9000] }])
  })
})
