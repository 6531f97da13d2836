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

const series = fc.record({
  startMs: fc.integer({ min: 0, max: 100_000 }),
  count: fc.integer({ min: 1, max: 500 }),
  intervalMs: fc.integer({ min: 1, max: 60_000 }),
})

it('ends a series with its count or with the media, whichever is sooner', () => {
  fc.assert(
    fc.property(series, fc.integer({ min: 1, max: 400_000 }), ({ startMs, count, intervalMs }, leftMs) => {
      const durationMs = startMs + leftMs
      const both = sampleTimes({ by: 'series', startMs, count, intervalMs }, durationMs)
      const fit = Math.ceil(leftMs / intervalMs)
      fc.pre(fit <= maxPicturesPerTask)
      const endless = sampleTimes({ by: 'series', startMs, intervalMs }, durationMs)
      expect(endless).toEqual(Array.from({ length: fit }, (_, k) => startMs + k * intervalMs))
      expect(both).toEqual(endless.slice(0, count))
      expect(both.every((atMs) => atMs < durationMs)).toBe(true)
    }),
  )
})

it('spreads a count without an interval evenly from the start to the end', () => {
  fc.assert(
    fc.property(series, fc.integer({ min: 1, max: 400_000 }), ({ startMs, count }, leftMs) => {
      const times = sampleTimes({ by: 'series', startMs, count }, startMs + leftMs)
      expect(times).toHaveLength(count)
      for (const [k, atMs] of times.entries()) expect(atMs).toBeCloseTo(startMs + (k * leftMs) / count, 6)
    }),
  )
})

it.each([
  [{ by: 'series', startMs: 2000, count: 3, intervalMs: 1000 }, 10_000, [2000, 3000, 4000]],
  [{ by: 'series', startMs: 8000, count: 5, intervalMs: 1000 }, 10_000, [8000, 9000]],
  [{ by: 'series', startMs: 5000, count: 1 }, 10_000, [5000]],
  [{ by: 'series', startMs: 10_000, count: 2, intervalMs: 1000 }, 10_000, [10_000]],
  [{ by: 'series', startMs: 0, count: 3 }, 27_523, [0, 27_523 / 3, (2 * 27_523) / 3]],
] as const)('takes the series %j of %d ms', (sampling, duration, times) => {
  expect(sampleTimes(sampling, duration)).toEqual(times)
})

it('refuses a series that starts behind the end', () => {
  const late = { by: 'series', startMs: 10_001, count: 1 } as const
  expect(faultOf(() => sampleTimes(late, 10_000))).toMatchObject({
    code: 'task.invalidOffset',
    field: 'settings.sampling.startMs',
  })
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
