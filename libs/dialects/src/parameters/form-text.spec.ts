import { FormText, unflatten } from './form-text'

function plain(value: unknown): unknown {
  if (value instanceof FormText) return value.text
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]))
}

const read = (firstIndex: number, ...pairs: readonly (readonly [string, string])[]) =>
  plain(unflatten(pairs, firstIndex))

describe('flattened parameters', () => {
  it.each([0, 1])('are a list counted from %d, in whichever order they come', (first) => {
    const texts = Array.from({ length: 30 }, (_, index) => String(1000 - index))
    const pairs = texts.map((text, index): [string, string] => [`Times.${index + first}`, text])
    // As texts sort: 1, 10, 11, 2.
    expect(read(first, ...pairs.toSorted())).toEqual({ Times: texts })
    expect(read(first, ...pairs.toReversed())).toEqual({ Times: texts })
  })

  it('are a list of objects', () => {
    const pairs = [
      ['A.2.B', 'y'],
      ['A.1.B', 'x'],
    ] as const
    expect(read(1, ...pairs)).toEqual({ A: [{ B: 'x' }, { B: 'y' }] })
  })

  it.each([
    ['a gap', ['1', '3']],
    ['another first number', ['0', '1']],
    ['a leading zero', ['1', '02']],
    ['a name', ['1', 'b']],
  ])('are no list with %s', (_what, keys) => {
    const pairs = keys.map((key): [string, string] => [`A.${key}`, 'x'])
    expect(read(1, ...pairs)).toEqual({ A: Object.fromEntries(keys.map((key) => [key, 'x'])) })
  })
})
