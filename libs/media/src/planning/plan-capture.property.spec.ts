import { Readable } from 'node:stream'
import fc from 'fast-check'
import { filmTable } from '../../test/film-table'
import type { Excerpts } from '../container/excerpts'
import type { SampleTable } from '../container/sample-table'
import type { CaptureFacts } from './plan-capture'
import { planCapture } from './plan-capture'

const video = { codec: 'h264', pixels: 1920 * 1080, frameBytes: 1000, picturePixels: 640 * 360 }

function excerptsOf(table: SampleTable): Excerpts {
  return { table, format: 'mov', clock: { shiftTicks: 0 }, leavesOut: true, write: () => Readable.from([]) }
}

const facts = fc
  .record({
    frames: fc.integer({ min: 1, max: 2000 }),
    groupFrames: fc.integer({ min: 1, max: 2000 }),
    bFrames: fc.integer({ min: 0, max: 3 }),
    asked: fc.uniqueArray(fc.nat(1999), { minLength: 1, maxLength: 60 }),
    excerptable: fc.boolean(),
    lanes: fc.integer({ min: 1, max: 8 }),
    whole: fc.boolean(),
  })
  .map(({ asked, excerptable, lanes, whole, ...film }): CaptureFacts => {
    const table = filmTable(film)
    const ptsTicks = [...new Set(asked.map((tick) => tick % film.frames))].sort((a, b) => a - b)
    const excerpts = excerptable ? excerptsOf(table) : undefined
    return { ptsTicks, index: { ...table, whole }, excerpts, video, lanes, ranged: false }
  })

function framesOf(plan: ReturnType<typeof planCapture>, { index, excerpts }: CaptureFacts): readonly number[] {
  if (plan.strategy !== 'excerpt') return plan.runs.flatMap(({ ptsTicks }) => ptsTicks)
  const rows = plan.shares.flat().flatMap(({ wantedRows }) => wantedRows)
  return rows.map((row) => excerpts?.table.ptsTicks[row] ?? index.shownTicks.length)
}

it('takes every wanted frame once, whatever way it takes', () => {
  fc.assert(
    fc.property(facts, (given) => {
      const plan = planCapture(given)
      expect([...framesOf(plan, given)].sort((a, b) => a - b)).toEqual(given.ptsTicks)
      expect(plan.predictedMs).toBeGreaterThan(0)
      expect(plan.work.frames).toBeGreaterThanOrEqual(given.ptsTicks.length)
      expect(plan.reason).not.toBe('')
    }),
  )
})

it('never chooses what it predicts to be slower', () => {
  fc.assert(
    fc.property(facts, (given) => {
      const without = planCapture({ ...given, excerpts: undefined })
      expect(planCapture(given).predictedMs).toBeLessThanOrEqual(without.predictedMs)
    }),
  )
})

describe('without excerpts', () => {
  const plain = (film: Parameters<typeof filmTable>[0], every: number): CaptureFacts => {
    const table = filmTable(film)
    const ptsTicks = [...table.shownTicks.filter((tick) => tick % every === 0)]
    return { ptsTicks, index: { ...table, whole: true }, video, lanes: 2, ranged: false }
  }

  it('seeks when groups are short against the steps', () => {
    expect(planCapture(plain({ frames: 3000, groupFrames: 50, bFrames: 2 }, 150)).strategy).toBe('seeks')
  })

  it('passes once through a film of one keyframe', () => {
    const plan = planCapture(plain({ frames: 3000, groupFrames: 3000, bFrames: 2 }, 150))
    expect(plan).toMatchObject({ work: { inputs: 1, frames: 2851 } })
  })

  it('does not count on frames of which it does not know how many there are', () => {
    const given = plain({ frames: 3000, groupFrames: 3000, bFrames: 2 }, 1500)
    expect(planCapture({ ...given, index: { ...given.index, whole: false } }).strategy).toBe('seeks')
  })
})

it('reads ranges of a file that lies elsewhere, whatever else would be faster', () => {
  const table = filmTable({ frames: 100, groupFrames: 1, bFrames: 0 })
  const given = { ptsTicks: [...table.shownTicks], index: { ...table, whole: true }, video, lanes: 2, ranged: true }
  expect(planCapture({ ...given, excerpts: excerptsOf(table) }).strategy).toBe('excerpt')
})
