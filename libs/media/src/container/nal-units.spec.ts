import { nalReaderOf } from './nal-units'

/** A sample of NAL units behind lengths of four bytes; a unit is its header and some content. */
function sample(...headers: readonly (readonly number[])[]): Buffer {
  return Buffer.concat(
    headers.map((header) => {
      const unit = Buffer.from([...header, 0xaa, 0xbb])
      const prefix = Buffer.alloc(4)
      prefix.writeUInt32BE(unit.length)
      return Buffer.concat([prefix, unit])
    }),
  )
}

const avcC = Buffer.from([1, 100, 0, 31, 0xff])
const hvcC = (layers: number): Buffer => Buffer.concat([Buffer.alloc(21), Buffer.from([(layers << 3) | 3])])
const hevc = (type: number, layer = 0): readonly number[] => [type << 1, layer + 1]

describe('H.264', () => {
  const reader = nalReaderOf('h264', avcC)

  it('leaves out a picture only when no slice of it is referred to', () => {
    expect(reader.isUnreferenced(sample([0x06], [0x01], [0x01]))).toBe(true)
    expect(reader.isUnreferenced(sample([0x41], [0x01]))).toBe(false)
    expect(reader.isUnreferenced(sample([0x06]))).toBe(false)
    expect(reader.isUnreferenced(Buffer.alloc(3))).toBe(false)
  })

  it('starts anew at an IDR picture alone', () => {
    const idr = sample([0x67], [0x65])
    expect(reader.startAnew(idr)).toBe(idr)
    expect(reader.startAnew(sample([0x06], [0x61]))).toBeUndefined()
  })
})

describe('HEVC', () => {
  it('leaves out sub-layer non-reference pictures of the top sub-layer alone', () => {
    const one = nalReaderOf('hevc', hvcC(1))
    expect([0, 1, 8, 9, 19].map((type) => one.isUnreferenced(sample(hevc(type))))).toEqual([
      true,
      false,
      true,
      false,
      false,
    ])
    const two = nalReaderOf('hevc', hvcC(2))
    expect(two.isUnreferenced(sample(hevc(0, 0)))).toBe(false)
    expect(two.isUnreferenced(sample(hevc(0, 1)))).toBe(true)
    expect(nalReaderOf('hevc', hvcC(0)).isUnreferenced(sample(hevc(0)))).toBe(false)
  })

  it('makes a broken link of a clean random access picture, and leaves the others as they are', () => {
    const reader = nalReaderOf('hevc', hvcC(1))
    expect(reader.startAnew(sample(hevc(39), hevc(21), hevc(21)))).toEqual(sample(hevc(39), hevc(16), hevc(16)))
    expect(reader.startAnew(sample(hevc(19)))).toEqual(sample(hevc(19)))
    expect(reader.startAnew(sample(hevc(1)))).toBeUndefined()
  })
})
