/** A box of ISO 14496-12 inside a buffer; `start` and `end` enclose its content, without the header. */
export interface Box {
  readonly type: string
  readonly headerStart: number
  readonly start: number
  readonly end: number
}

/** What a file contradicts itself in; whoever reads it then leaves the file to ffmpeg. */
export class MalformedBoxes extends Error {}

/** The boxes one after the other in a stretch of a buffer. @throws MalformedBoxes when one reaches beyond the stretch */
export function boxesIn(buffer: Buffer, start: number, end: number): readonly Box[] {
  const boxes: Box[] = []
  for (let at = start; at + 8 <= end;) {
    const header = readBoxHeader(buffer, at)
    const boxEnd = header.sizeBytes === 0 ? end : at + header.sizeBytes
    if (boxEnd > end) throw new MalformedBoxes(`The box ${header.type} is larger than what it is in.`)
    boxes.push({ type: header.type, headerStart: at, start: at + header.headerBytes, end: boxEnd })
    at = boxEnd
  }
  return boxes
}

export interface BoxHeader {
  readonly type: string
  readonly headerBytes: number
  /** The whole box with its header; 0: it lasts to the end of the file. */
  readonly sizeBytes: number
}

/** @throws MalformedBoxes, RangeError when the buffer ends before the header does */
export function readBoxHeader(buffer: Buffer, at: number): BoxHeader {
  const shortSize = buffer.readUInt32BE(at)
  const type = buffer.toString('latin1', at + 4, at + 8)
  if (shortSize === 0) return { type, headerBytes: 8, sizeBytes: 0 }
  const headerBytes = shortSize === 1 ? 16 : 8
  const sizeBytes = shortSize === 1 ? Number(buffer.readBigUInt64BE(at + 8)) : shortSize
  if (sizeBytes < headerBytes) throw new MalformedBoxes(`The box ${type} is smaller than its header.`)
  return { type, headerBytes, sizeBytes }
}

export function findBox(boxes: readonly Box[], type: string): Box | undefined {
  return boxes.find((box) => box.type === type)
}

/** The box at the end of a path of types, such as `mdia`, `minf`, `stbl`. @throws MalformedBoxes when it is not there */
export function boxAt(buffer: Buffer, within: Box, ...path: readonly string[]): Box {
  return path.reduce((box, type) => {
    const found = findBox(boxesIn(buffer, box.start, box.end), type)
    if (found === undefined) throw new MalformedBoxes(`The box ${type} is missing.`)
    return found
  }, within)
}

/** A box with its header, made of its content. */
export function makeBox(type: string, ...content: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(8)
  header.writeUInt32BE(8 + content.reduce((size, { length }) => size + length, 0))
  header.write(type, 4, 'latin1')
  return Buffer.concat([header, ...content])
}

/** A box that says version and flags first. */
export function makeFullBox(
  type: string,
  { version = 0, flags = 0 }: { readonly version?: number; readonly flags?: number },
  ...words: readonly number[]
): Buffer {
  const content = Buffer.alloc(4 + words.length * 4)
  content.writeUInt32BE(((version << 24) | flags) >>> 0)
  words.forEach((word, index) => content.writeUInt32BE(word >>> 0, 4 + index * 4))
  return makeBox(type, content)
}
