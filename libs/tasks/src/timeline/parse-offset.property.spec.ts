import fc from 'fast-check'
import { offset } from './offset'
import { formatOffset, parseOffset, type WrittenOffset } from './parse-offset'

describe('parseOffset', () => {
  it('reads seconds and percent in their own units', () => {
    expect(parseOffset('3.5s')).toEqual({ unit: 's', value: 3.5 })
    expect(parseOffset('10%')).toEqual({ unit: 'percent', value: 10 })
    expect(parseOffset(`${0.1 + 0.2}s`)).toEqual({ unit: 's', value: 0.3 })
  })

  it.each([
    '150%',
    '100.1%',
    '-1s',
    'abc',
    'NaN',
    'NaNs',
    'Infinitys',
    '1e3s',
    '',
    's',
    '%',
    '3',
    '3,5s',
    ' 3s',
    '1ms',
  ])('refuses %j', (text) => {
    expect(parseOffset(text)).toBeUndefined()
  })

  it('reads back what formatOffset writes', () => {
    const millionths = (most: number) => fc.integer({ min: 0, max: most * 1e6 }).map((count) => count / 1e6)
    const written = fc.oneof(
      millionths(1e6).map((value): WrittenOffset => ({ unit: 's', value })),
      millionths(100).map((value): WrittenOffset => ({ unit: 'percent', value })),
    )
    fc.assert(fc.property(written, (asked) => expect(parseOffset(formatOffset(asked))).toEqual(asked)))
  })

  it('gives either nothing or an offset that tasks accept, whatever the text', () => {
    const textLike = fc.oneof(fc.string(), fc.stringMatching(/^-?\d*\.?\d*(s|%|ms)?$/))
    fc.assert(
      fc.property(textLike, (text) => {
        const parsed = parseOffset(text)
        expect(parsed === undefined || offset.safeParse(parsed).success).toBe(true)
      }),
    )
  })
})
