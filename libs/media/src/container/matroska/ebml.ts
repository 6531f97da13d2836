/** What a file contradicts itself in, or only ffmpeg knows how to read; the file is then left to ffmpeg. */
export class MalformedEbml extends Error {}

/** The longest head of an element: an id of 4 bytes and a size of 8. */
export const maxHeaderBytes = 12

/** What stands in front of an element's content (RFC 8794, section 6). */
export interface ElementHeader {
  readonly id: number
  readonly headerBytes: number
  /** Of the content. Absent: it lasts until something comes that cannot be in it. */
  readonly sizeBytes: number | undefined
}

/** An element inside a buffer; `start` and `end` enclose its content, `headerStart` and `end` the whole. */
export interface Element {
  readonly id: number
  readonly headerStart: number
  readonly start: number
  readonly end: number
}

/** A number of variable length (RFC 8794, section 4). */
export interface Vint {
  readonly lengthBytes: number
  /** Absent where all bits are set, which stands for an unknown size. */
  readonly value: number | undefined
}

/** @throws MalformedEbml: also when the buffer ends before the number does */
export function readVint(buffer: Buffer, at: number): Vint {
  const first = byteAt(buffer, at)
  const lengthBytes = Math.clz32(first) - 23
  if (lengthBytes > 8) throw new MalformedEbml('A number is longer than 8 bytes.')
  let value = first & (0xff >> lengthBytes)
  let unknown = value === 0xff >> lengthBytes
  for (let index = 1; index < lengthBytes; index += 1) {
    const byte = byteAt(buffer, at + index)
    value = value * 256 + byte
    unknown &&= byte === 0xff
  }
  if (!unknown && !Number.isSafeInteger(value)) throw new MalformedEbml('A number is too large.')
  return { lengthBytes, value: unknown ? undefined : value }
}

/** @throws MalformedEbml: also when the buffer ends before the header does */
export function readElementHeader(buffer: Buffer, at: number): ElementHeader {
  const idBytes = Math.clz32(byteAt(buffer, at)) - 23
  if (idBytes > 4) throw new MalformedEbml('An element has no id.')
  const size = readVint(buffer, at + idBytes)
  return {
    id: buffer.readUIntBE(at, idBytes),
    headerBytes: idBytes + size.lengthBytes,
    sizeBytes: size.value,
  }
}

/** The elements one after the other that fill a stretch of a buffer. @throws MalformedEbml */
export function elementsIn(buffer: Buffer, start = 0, end = buffer.length): readonly Element[] {
  const elements: Element[] = []
  for (let at = start; at < end;) {
    const { id, headerBytes, sizeBytes } = readElementHeader(buffer, at)
    const elementEnd = at + headerBytes + (sizeBytes ?? Infinity)
    if (elementEnd > end) throw new MalformedEbml('An element is larger than what it is in.')
    elements.push({ id, headerStart: at, start: at + headerBytes, end: elementEnd })
    at = elementEnd
  }
  return elements
}

function byteAt(buffer: Buffer, at: number): number {
  const byte = buffer[at]
  if (byte === undefined) throw new MalformedEbml('The bytes end before an element does.')
  return byte
}

/** A whole number without a sign, in up to 8 bytes. @throws MalformedEbml */
export function readUnsigned(buffer: Buffer, { start, end }: Pick<Element, 'start' | 'end'>): number {
  let value = 0
  for (let at = start; at < end; at += 1) value = value * 256 + byteAt(buffer, at)
  if (end - start > 8 || !Number.isSafeInteger(value)) throw new MalformedEbml('A whole number is too large.')
  return value
}

/** An element with its header, made of its content. */
export function makeElement(id: number, ...content: readonly Buffer[]): Buffer {
  return Buffer.concat([
    makeElementHeader(
      id,
      content.reduce((size, { length }) => size + length, 0),
    ),
    ...content,
  ])
}

/** @param sizeBytes of the content; absent: unknown */
export function makeElementHeader(id: number, sizeBytes?: number): Buffer {
  const idBytes = Math.ceil((32 - Math.clz32(id)) / 8)
  const head = Buffer.alloc(idBytes)
  head.writeUIntBE(id, 0, idBytes)
  return Buffer.concat([head, sizeBytes === undefined ? Buffer.alloc(8, 0xff).fill(1, 0, 1) : makeVint(sizeBytes)])
}

/** In 8 bytes, whatever the number. */
export function makeVint(value: number): Buffer {
  const vint = makeUnsigned(value)
  vint.writeUInt8(1, 0)
  return vint
}

/** In 8 bytes. */
export function makeUnsigned(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}
