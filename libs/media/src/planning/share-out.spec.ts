import fc from 'fast-check'
import { shareOut } from './share-out'

const weigh = (weight: number): number => weight

it('gives every item to one share, in order, and no share more than the lightest could spare', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(weights, fc.integer({ min: 1, max: 8 }), (items, count) => {
      const shares = shareOut(items, count, weigh)
      expect(shares.length).toBe(Math.min(count, items.length))
      expect(shares.flat().sort((a, b) => a - b)).toEqual([...items].sort((a, b) => a - b))
      const totals = shares.map((share) => share.reduce((sum, weight) => sum + weight, 0))
      expect(Math.max(...totals) - Math.min(...totals)).toBeLessThanOrEqual(Math.max(...items))
    }),
  )
})

it('keeps the order of the items', () => {
  expect(shareOut([3, 9, 4, 8], 2, weigh)).toEqual([
    [3, 9],
    [4, 8],
  ])
})
