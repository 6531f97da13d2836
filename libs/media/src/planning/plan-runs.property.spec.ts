import fc from 'fast-check'
import type { FrameIndex } from '../timeline/frame-index'
import { keyframeBefore } from '../timeline/frame-index'
import { planGroups, planRuns } from './plan-runs'

const timeBase = { numerator: 1, denominator: 25 }
const framesWorthASeek = 30
const twoLanes = { lanes: 2, framesWorthASeek }

/** A film of 25 frames a second with a keyframe every `groupFrames`. */
function film(frames: number, groupFrames: number): FrameIndex {
  const shownTicks = Float64Array.from({ length: frames }, (_, frame) => frame)
  return {
    whole: true,
    doubtfulTicks: new Set(),
    timeBase,
    startMs: 0,
    shownTicks,
    keyframeTicks: shownTicks.filter((ticks) => ticks % groupFrames === 0),
  }
}

const films = fc.record({ frames: fc.integer({ min: 1, max: 3000 }), groupFrames: fc.integer({ min: 1, max: 400 }) })

it('takes every wanted frame once, from a keyframe at or before it', () => {
  fc.assert(
    fc.property(films, fc.uniqueArray(fc.nat(2999), { minLength: 1 }), fc.constantFrom(1, 2), (shape, asked, lanes) => {
      const index = film(shape.frames, shape.groupFrames)
      const wanted = asked.filter((ticks) => ticks < shape.frames).sort((a, b) => a - b)
      for (const runs of [planRuns(wanted, index, { lanes, framesWorthASeek }), planGroups(wanted, index)]) {
        expect(runs.flatMap(({ ptsTicks }) => ptsTicks)).toEqual(wanted)
        for (const { seekS, ptsTicks } of runs) {
          const keyframe = keyframeBefore(index, ptsTicks[0] ?? 0) ?? 0
          expect((seekS ?? 0.02) * 25).toBeCloseTo(keyframe + 0.5, 3)
        }
      }
    }),
  )
})

it('never decodes a group of pictures twice', () => {
  const index = film(3000, 250)
  const runs = planRuns(
    [...index.shownTicks].filter((ticks) => ticks % 100 === 0),
    index,
    twoLanes,
  )
  const keyframes = runs.flatMap(({ ptsTicks }) => [...new Set(ptsTicks.map((ticks) => Math.floor(ticks / 250)))])
  expect(new Set(keyframes).size).toBe(keyframes.length)
})

it('seeks over long stretches, and decodes through short ones', () => {
  const index = film(3000, 25)
  expect(planRuns([0, 1000, 2000], index, twoLanes).map(({ seekS }) => seekS)).toEqual([undefined, 40.02, 80.02])
  expect(planRuns([0, 25, 50, 75], index, twoLanes).map(({ ptsTicks }) => ptsTicks)).toEqual([
    [0, 25],
    [50, 75],
  ])
})
