import { parseRetryAfter } from './retry-after'

const nowMs = Date.parse('2026-11-21T04:00:00Z')

it.each([
  ['120', 120_000],
  ['0', 0],
  ['99999999', 86_400_000],
  ['Sat, 21 Nov 2026 04:01:00 GMT', 60_000],
  ['Sat, 21 Nov 2026 03:00:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
  [undefined, undefined],
])('reads Retry-After %j as %j ms', (header, ms) => {
  expect(parseRetryAfter(header, nowMs)).toBe(ms)
})
