import type { Swept } from '@libs/workflow'
import { tableOf, totalsOf } from './sweep-table'

async function* lots(...swept: Swept[]): AsyncGenerator<Swept> {
  yield* swept
}

it('sums up what was swept, and says what no rule is about', async () => {
  const due = lots(
    { of: 'results', rows: 1_000, bytes: 1_234_567 },
    { of: 'results', rows: 200, bytes: 0 },
    { of: 'runs', rows: 3, bytes: 0 },
  )
  const totals = await totalsOf([due, lots({ of: 'orphans', rows: 2, bytes: 999 })])
  expect(tableOf(totals, true)).toBe(
    [
      '                            would be removed   bytes',
      'results (sets of pictures)              1200  1.2 MB',
      'sources (files of media)                kept        ',
      'events                                  kept        ',
      'deleted media                           kept        ',
      'runs with their tasks                      3        ',
      'files without a row                        2   999 B',
    ].join('\n'),
  )
  expect(tableOf(totals, false)).toContain('  removed  ')
})
