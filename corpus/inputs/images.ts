import { crc32, deflate } from 'node:zlib'
import { promisify } from 'node:util'

const compress = promisify(deflate)

function chunk(type: string, content: Buffer): Buffer {
  const out = Buffer.alloc(content.length + 12)
  out.writeUInt32BE(content.length)
  out.write(type, 4, 'latin1')
  content.copy(out, 8)
  out.writeUInt32BE(crc32(out.subarray(4, content.length + 8)), content.length + 8)
  return out
}

/** A black and white PNG of a size, one bit a pixel. @param pixels what is in it, already compressed */
function png(widthPx: number, heightPx: number, pixels: Buffer): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0])
  header.writeUInt32BE(widthPx)
  header.writeUInt32BE(heightPx, 4)
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

let bomb: Promise<Buffer> | undefined

/** 60,000 x 60,000 px in 450 KB. */
export function pngBomb(): Promise<Buffer> {
  const sidePx = 60_000
  return (bomb ??= compress(Buffer.alloc(sidePx * (1 + sidePx / 8)), { level: 9 }).then((pixels) =>
    png(sidePx, sidePx, pixels),
  ))
}

/** A PNG that says to have the most pixels that a header can say. */
export function boastingPng(): Buffer {
  return png(2 ** 31 - 1, 2 ** 31 - 1, Buffer.from('789c030000000001', 'hex'))
}

/** A GIF of one pixel, shown again and again without a pause. */
export function longGif(frames: number): Buffer {
  const head = Buffer.concat([Buffer.from('GIF89a'), Buffer.from([1, 0, 1, 0, 0x80, 0, 0, 255, 0, 0, 0, 0, 0])])
  const frame = Buffer.from([0x21, 0xf9, 4, 0, 0, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0])
  return Buffer.concat([head, ...Array.from({ length: frames }, () => frame), Buffer.from([0x3b])])
}

const svg = (...content: readonly string[]): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99">${content.join('')}</svg>`)

export const svgs = {
  external: svg('<image href="file:///etc/passwd" width="99" height="99"/>'),
  entity: Buffer.concat([
    Buffer.from('<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    svg('<text y="20">&x;</text>'),
  ]),
  laughs: Buffer.concat([Buffer.from(laughs()), svg('<text>&l9;</text>')]),
  nested: () => svg('<g>'.repeat(100_000), '</g>'.repeat(100_000)),
  large: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="100000" height="100000"><rect width="9"/></svg>'),
  filters: svg(
    '<filter id="f">',
    '<feGaussianBlur stdDeviation="500"/>'.repeat(40),
    '</filter><rect width="99" height="99" filter="url(#f)"/>',
  ),
}

/** Each entity is ten of the one before. */
function laughs(): string {
  const entities = Array.from({ length: 9 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`)
  return `<!DOCTYPE svg [<!ENTITY l0 "ha">${entities.join('')}]>`
}

/** The beginnings of files that are other things as well. */
export const polyglots: Readonly<Record<string, Buffer>> = {
  'gif-js': Buffer.from(`GIF89a/*\0\0\0\0\0*/=1;alert(1)//${' '.repeat(2000)}`),
  pdf: Buffer.from(`%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n${'% \xe2\xe3\n'.repeat(500)}%%EOF`, 'latin1'),
  zip: Buffer.concat([Buffer.from('PK\u0003\u0004\u0014\0\0\0\0\0', 'latin1'), Buffer.alloc(3000, 5)]),
  elf: Buffer.concat([Buffer.from('\u007fELF\u0002\u0001\u0001', 'latin1'), Buffer.alloc(3000)]),
}
