import fc from 'fast-check'
import { entityTagOf, matches } from './entity-tag'

const tag = fc.anything().map((shown) => entityTagOf([shown]))
const list = fc.array(tag, { maxLength: 3 })

it('an entity tag is found wherever it stands in If-Match, and another one is not', () => {
  fc.assert(
    fc.property(list, tag, list, fc.constantFrom(',', ', ', ' , '), (before, asked, after, comma) => {
      expect(matches([...before, asked, ...after].join(comma), asked)).toBe(true)
      const others = [...before, ...after].filter((other) => other !== asked)
      expect(matches(others.join(comma), asked)).toBe(false)
      expect(matches([...others, `W/${asked}`].join(comma), asked)).toBe(false)
    }),
  )
})

it.each(['*', ' * ', '"a,b"', 'W/"x", "a,b"'])('%s matches "a,b"', (asked) => {
  expect(matches(asked, '"a,b"')).toBe(true)
})

it.each(['', 'a,b', '"a", "b"', '"a,b', '"*"', '*, "x"'])('%s does not match "a,b"', (asked) => {
  expect(matches(asked, '"a,b"')).toBe(false)
})
