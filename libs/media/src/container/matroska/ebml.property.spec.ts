import fc from 'fast-check'
import { elementsIn, makeElement, makeElementHeader, makeVint, readElementHeader, readUnsigned, readVint } from './ebml'
import { elementIds } from './element-ids'

/** In as few bytes as hold it, or more. */
function vint(value: number, lengthBytes: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value) | (1n << BigInt(7 * lengthBytes)))
  return bytes.subarray(8 - lengthBytes)
}

it('reads numbers of every length', () => {
  const lengths = fc.integer({ min: 1, max: 8 })
  const cases = lengths.chain((lengthBytes) =>
    fc.tuple(fc.constant(lengthBytes), fc.nat(Math.min(2 ** (7 * lengthBytes), 2 ** 31) - 2)),
  )
  fc.assert(
    fc.property(cases, ([lengthBytes, value]) => {
      expect(readVint(vint(value, lengthBytes), 0)).toEqual({ lengthBytes, value })
    }),
  )
})

it('reads back what it writes, up to the largest safe number', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (value) => {
      expect(readVint(makeVint(value), 0)).toEqual({ lengthBytes: 8, value })
    }),
  )
})

it('knows an unknown size from the largest one', () => {
  expect(readVint(Buffer.from([0xff]), 0)).toEqual({ lengthBytes: 1, value: undefined })
  expect(readVint(Buffer.from([0xfe]), 0)).toEqual({ lengthBytes: 1, value: 126 })
  const open = makeElementHeader(elementIds.cluster)
  expect(readElementHeader(open, 0)).toEqual({ id: elementIds.cluster, headerBytes: 12, sizeBytes: undefined })
  expect(() => elementsIn(open)).toThrow('larger than what it is in')
})

it('refuses numbers that are too long, too large, or cut', () => {
  expect(() => readVint(Buffer.from([0, 1]), 0)).toThrow('longer than 8 bytes')
  expect(() => readVint(Buffer.from([1, 0x20, 0, 0, 0, 0, 0, 0]), 0)).toThrow('too large')
  expect(() => readVint(Buffer.from([0x40]), 0)).toThrow('end before')
  expect(() => readUnsigned(Buffer.alloc(9), { start: 0, end: 9 })).toThrow('too large')
  expect(() => readElementHeader(Buffer.from([0x0f, 0xff, 0xff, 0xff, 0xff]), 0)).toThrow('no id')
})

it('finds the elements that it wrote, one after the other', () => {
  const ids = fc.constantFrom(...Object.values(elementIds))
  const contents = fc.array(fc.tuple(ids, fc.uint8Array({ maxLength: 300 })))
  fc.assert(
    fc.property(contents, (made) => {
      const bytes = Buffer.concat(made.map(([id, content]) => makeElement(id, Buffer.from(content))))
      const found = elementsIn(bytes).map(({ id, start, end }) => [id, new Uint8Array(bytes.subarray(start, end))])
      expect(found).toEqual(made)
    }),
  )
})
