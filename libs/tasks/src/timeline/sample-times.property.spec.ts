import fc from 'fast-check'
import { maxPicturesPerTask, sampleTimes } from './sample-times'

const durationMs = fc.integer({ min: 1, max: 400_000_000 })

it('takes every k·i within the duration, and nothing else', () => {
  fc.assert(
    fc.property(durationMs, fc.integer({ min: 1, max: 100_000_000 }), (duration, intervalMs) => {
      fc.pre(duration / intervalMs <= maxPicturesPerTask)
      const times = sampleTimes({ by: 'time', intervalMs }, duration)
      expect(times.every((atMs, k) => atMs === k * intervalMs && atMs < duration)).toBe(true)
      expect(times.length * intervalMs).toBeGreaterThanOrEqual(duration)
    }),
  )
})

it('takes every k·p percent below 100, and nothing else', () => {
  fc.assert(
    fc.property(durationMs, fc.integer({ min: 1, max: 10_000 }), (duration, hundredths) => {
      const times = sampleTimes({ by: 'percent', intervalPercent: hundredths / 100 }, duration)
      expect(times).toHaveLength(Math.ceil(10_000 / hundredths))
      expect(times[0]).toBe(0)
      for (const [k, atMs] of times.entries()) {
        expect(atMs).toBeCloseTo((k * hundredths * duration) / 10_000, 3)
        expect(atMs).toBeLessThan(duration)
      }
    }),
  )
})

it.each([
  [{ by: 'time', intervalMs: 2000 }, 10_000, [0, 2000, 4000, 6000, 8000]],
  [{ by: 'time', intervalMs: 2000 }, 10_001, [0, 2000, 4000, 6000, 8000, 10_000]],
  [{ by: 'time', intervalMs: 60_000 }, 40, [0]],
  [{ by: 'percent', intervalPercent: 30 }, 1000, [0, 300, 600, 900]],
  [{ by: 'percent', intervalPercent: 50 }, 1000, [0, 500]],
  [{ by: 'percent', intervalPercent: 100 }, 1000, [0]],
] as const)('samples %j of %d ms', (sampling, duration, times) => {
  expect(sampleTimes(sampling, duration)).toEqual(times)
})

it.each([
  [5, 20],
  [10, 10],
  [30, 4],
  [33.3, 4],
  [100, 1],
])('makes of %d percent %d pictures, however long the media is', (intervalPercent, count) => {
  fc.assert(
    fc.property(durationMs, (duration) => {
      expect(sampleTimes({ by: 'percent', intervalPercent }, duration)).toHaveLength(count)
    }),
  )
})

it('refuses more pictures than a task may make, before any exist', () => {
  const threeHundredYearsMs = 300 * 365 * 86_400_000
  expect(faultOf(() => sampleTimes({ by: 'time', intervalMs: 1000 }, threeHundredYearsMs))).toMatchObject({
    code: 'task.invalidConfiguration',
    field: 'settings.sampling',
  })
})

function faultOf(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  return undefined
}
