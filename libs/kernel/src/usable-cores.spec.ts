import { availableParallelism } from 'node:os'
import { shareOf, usableCores } from './usable-cores'

describe('usable cores', () => {
  it.each([
    ['150000 100000\n', 1.5],
    ['50000 100000', 0.5],
    ['200000\n 100000\n', 2],
    ['max 100000', Infinity],
    ['-1\n 100000\n', Infinity],
    ['', Infinity],
    ['0 0', Infinity],
  ])('are those of the share %j', (share, cores) => {
    expect(shareOf(share)).toBe(cores)
  })

  it('are at least one, and no more than there are', () => {
    expect(usableCores).toBeGreaterThanOrEqual(1)
    expect(usableCores).toBeLessThanOrEqual(availableParallelism())
    expect(Number.isInteger(usableCores)).toBe(true)
  })
})
