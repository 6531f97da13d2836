/** One entry of an edit list: a stretch of the film, or of nothing where `mediaTicks` is -1. */
export interface Edit {
  readonly durationMs: number
  /** In the track's own clock, where it starts. */
  readonly mediaTicks: number
}

interface Box {
  readonly start: number
  readonly end: number
}

const headerBytes = 8

/**
 * Gives the first track of an mp4 that ffmpeg wrote, its index at the end, another edit list (ISO 14496-12, 8.6.6).
 * @throws Error when it has no edit list to replace
 */
export function setEdits(mp4: Buffer, edits: readonly Edit[]): Buffer {
  const path = boxesTo(mp4, ['moov', 'trak', 'edts', 'elst'])
  const list = path.at(-1)
  const movie = path[0]
  if (list === undefined || movie?.end !== mp4.length)
    throw new Error('The mp4 has no edit list in an index at its end.')
  const scale = mp4.readUInt32BE((boxesTo(mp4, ['moov', 'mvhd'])[1]?.start ?? NaN) + headerBytes + 12)
  const written = editList(edits, scale)
  const longer = written.length - (list.end - list.start)
  const out = Buffer.concat([mp4.subarray(0, list.start), written, mp4.subarray(list.end)])
  for (const { start, end } of path.slice(0, -1)) out.writeUInt32BE(end - start + longer, start)
  return out
}

function editList(edits: readonly Edit[], movieScale: number): Buffer {
  const box = Buffer.alloc(16 + edits.length * 12)
  box.writeUInt32BE(box.length, 0)
  box.write('elst', 4)
  box.writeUInt32BE(edits.length, 12)
  for (const [index, { durationMs, mediaTicks }] of edits.entries()) {
    box.writeUInt32BE((durationMs * movieScale) / 1000, 16 + index * 12)
    box.writeInt32BE(mediaTicks, 20 + index * 12)
    box.writeUInt32BE(0x10000, 24 + index * 12)
  }
  return box
}

/**
 * Gives the first track of an mp4 another display matrix: a, b, c, d of (a b / c d), as whole numbers (ISO 14496-12, 8.3.2).
 */
export function setDisplayMatrix(mp4: Buffer, [a, b, c, d]: readonly [number, number, number, number]): Buffer {
  const header = boxesTo(mp4, ['moov', 'trak', 'tkhd']).at(-1)
  const out = Buffer.from(mp4)
  const matrix = (header?.start ?? NaN) + headerBytes + 40
  const whole = [a, b, 0, c, d, 0, 0, 0].map((value) => value * 0x10000)
  for (const [index, value] of [...whole, 0x40000000].entries()) out.writeInt32BE(value, matrix + index * 4)
  return out
}

/** The first box of each name, each inside the one before. */
function boxesTo(mp4: Buffer, names: readonly string[]): readonly Box[] {
  const found: Box[] = []
  let inside: Box = { start: -headerBytes, end: mp4.length }
  for (const name of names) {
    const box = boxesIn(mp4, inside).find(({ start }) => mp4.toString('latin1', start + 4, start + 8) === name)
    if (box === undefined) throw new Error(`The mp4 has no ${names.join('/')}.`)
    found.push(box)
    inside = box
  }
  return found
}

function boxesIn(mp4: Buffer, { start, end }: Box): readonly Box[] {
  const boxes: Box[] = []
  for (let at = start + headerBytes; at + headerBytes <= end; at = boxes.at(-1)?.end ?? end) {
    boxes.push({ start: at, end: at + Math.max(headerBytes, mp4.readUInt32BE(at)) })
  }
  return boxes
}
