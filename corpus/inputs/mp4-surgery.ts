/** Where the contents of the first box of a name begin. @throws Error when there is none */
export function inside(mp4: Buffer, box: string): number {
  const at = mp4.indexOf(box, 0, 'latin1')
  if (at < 0) throw new Error(`The mp4 has no ${box}.`)
  return at + 4
}

/** Writes 32 bit numbers into a box. @param at bytes from the beginning of its contents */
export function patch(mp4: Buffer, box: string, at: number, ...values: readonly number[]): Buffer {
  const start = inside(mp4, box) + at
  for (const [index, value] of values.entries()) mp4.writeUInt32BE(value, start + index * 4)
  return mp4
}

/** All that comes before a top level box. */
export function before(mp4: Buffer, box: string): Buffer {
  return mp4.subarray(0, inside(mp4, box) - 8)
}

export function box(name: string, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat([...contents])
  const header = Buffer.alloc(8)
  header.writeUInt32BE(content.length + 8)
  header.write(name, 4, 'latin1')
  return Buffer.concat([header, content])
}

/** Boxes in boxes. */
export function nested(depth: number): Buffer {
  const headers = Buffer.alloc(depth * 8)
  for (let level = 0; level < depth; level += 1) {
    headers.writeUInt32BE((depth - level) * 8, level * 8)
    headers.write(level === 0 ? 'moov' : 'udta', level * 8 + 4, 'latin1')
  }
  return headers
}

/** Turns over some bits of the contents of the `mdat` between two shares of its length. */
export function damage(mp4: Buffer, fromShare: number, toShare: number): Buffer {
  const start = inside(mp4, 'mdat')
  const length = mp4.readUInt32BE(start - 8) - 8
  const [from, to] = [start + Math.floor(length * fromShare), start + Math.floor(length * toShare)]
  for (let at = from; at < to; at += 1) mp4[at] = (mp4[at] ?? 0) ^ ((at * 37) & 0xff)
  return mp4
}

/** The first share of a file. */
export function cut(share: number) {
  return (file: Buffer): Buffer => file.subarray(0, Math.floor(file.length * share))
}
