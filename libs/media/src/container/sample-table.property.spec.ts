import fc from 'fast-check'
import { filmTable } from '../../test/film-table'
import { planSpans } from './sample-table'

const films = fc.record({
  frames: fc.integer({ min: 1, max: 600 }),
  groupFrames: fc.integer({ min: 1, max: 120 }),
  bFrames: fc.integer({ min: 0, max: 4 }),
})

it('decodes every wanted frame once, from a keyframe that it does not precede', () => {
  fc.assert(
    fc.property(films, fc.uniqueArray(fc.nat(599), { minLength: 1 }), (film, asked) => {
      const table = filmTable(film)
      const wanted = asked.filter((tick) => tick < film.frames)
      const spans = planSpans(wanted, table)
      const rows = spans.flatMap(({ wantedRows }) => wantedRows)
      expect(rows.map((row) => table.ptsTicks[row]).sort((a = 0, b = 0) => a - b)).toEqual(wanted.sort((a, b) => a - b))
      for (const [index, { firstRow, lastRow, wantedRows }] of spans.entries()) {
        expect(table.keyframeRows).toContain(firstRow)
        expect(firstRow).toBeGreaterThan(spans[index - 1]?.lastRow ?? -1)
        expect(wantedRows.at(-1)).toBe(lastRow)
        const shownFirst = table.ptsTicks[firstRow] ?? NaN
        // The very first frames of a film may lead its first keyframe, which then is all there is.
        if (firstRow > 0) for (const row of wantedRows) expect(table.ptsTicks[row]).toBeGreaterThanOrEqual(shownFirst)
      }
    }),
  )
})

it('starts a keyframe earlier for a picture that is shown before the keyframe that it follows', () => {
  const table = filmTable({ frames: 40, groupFrames: 11, bFrames: 2 })
  const [, second = 0, third = 0] = table.keyframeRows
  expect([table.ptsTicks[third], table.ptsTicks[third + 1]]).toEqual([22, 21])
  expect(planSpans([21], table)).toEqual([{ firstRow: second, lastRow: third + 1, wantedRows: [third + 1] }])
  expect(planSpans([22], table)).toEqual([{ firstRow: third, lastRow: third, wantedRows: [third] }])
})

it('begins anew, decoding a group once more, before one process has more frames than it may', () => {
  const table = filmTable({ frames: 2500, groupFrames: 2500, bFrames: 0 })
  const spans = planSpans([...table.shownTicks], table)
  expect(spans.map(({ firstRow, wantedRows }) => [firstRow, wantedRows.length])).toEqual([
    [0, 1000],
    [0, 1000],
    [0, 500],
  ])
})
