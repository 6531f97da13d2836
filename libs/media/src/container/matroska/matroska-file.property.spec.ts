import fc from 'fast-check'
import type { MatroskaFilm } from '../../../test/matroska-bytes'
import { makeMatroska, mediaOf, MemoryFile } from '../../../test/matroska-bytes'
import { filmTable } from '../../../test/film-table'
import { frameOnScreen } from '../../timeline/frame-index'
import type { SampleTable } from '../sample-table'
import { planSpans } from '../sample-table'
import { makeElement, makeUnsigned } from './ebml'
import { elementIds } from './element-ids'
import { MatroskaFile } from './matroska-file'

const { signal } = new AbortController()
const frameMs = 40
const startMs = 80

const layouts = fc.record({
  cues: fc.constantFrom('front', 'end', 'none'),
  framesPerCluster: fc.integer({ min: 1, max: 60 }),
  sized: fc.boolean(),
  grouped: fc.boolean(),
})
const shapes = fc.record({
  frames: fc.integer({ min: 1, max: 400 }),
  groupFrames: fc.integer({ min: 1, max: 120 }),
  bFrames: fc.integer({ min: 0, max: 5 }),
})
const films = fc
  .tuple(layouts, shapes)
  .map(([layout, shape]) => ({ ...layout, ...decodingOrder(shape), codecId: 'V_MPEG4/ISO/AVC' }))

function decodingOrder(shape: Parameters<typeof filmTable>[0]): Pick<MatroskaFilm, 'frames'> {
  const { ptsTicks, keyframeRows } = filmTable(shape)
  const keyframes = new Set(keyframeRows)
  const frames = [...ptsTicks].map((frame, row) => ({
    ptsTicks: startMs + frame * frameMs,
    keyframe: keyframes.has(row),
  }))
  return { frames }
}

async function tableOf(bytes: Buffer, clockMs: readonly number[], codec = 'h264'): Promise<SampleTable | undefined> {
  const file = await MatroskaFile.open(new MemoryFile(bytes), mediaOf(codec, startMs), signal)
  return (await file?.around(clockMs, signal))?.table
}

const someTimes = fc.array(fc.nat(400 * frameMs), { minLength: 1, maxLength: 12 })

it('knows the frame on screen at every asked time, and decodes it from a keyframe before it', async () => {
  await fc.assert(
    fc.asyncProperty(films, someTimes, async (film, asked) => {
      const clockMs = asked.map((ms) => startMs + ms).sort((a, b) => a - b)
      const table = await tableOf(makeMatroska(film), clockMs)
      const shown = film.frames.map(({ ptsTicks }) => ptsTicks)
      const expected = clockMs.map((atMs) => Math.max(...shown.filter((pts) => pts <= atMs)))
      expect(table && clockMs.map((atMs) => frameOnScreen(table, atMs))).toEqual(expected)
      if (table === undefined) return
      for (const { firstRow, wantedRows } of planSpans([...new Set(expected)], table)) {
        expect([...table.keyframeRows]).toContain(firstRow)
        const keyframe = table.ptsTicks[firstRow] ?? NaN
        for (const row of wantedRows) expect(table.ptsTicks[row]).toBeGreaterThanOrEqual(keyframe)
      }
    }),
  )
})

const usual: MatroskaFilm = {
  ...decodingOrder({ frames: 300, groupFrames: 25, bFrames: 2 }),
  codecId: 'V_MPEG4/ISO/AVC',
  cues: 'end',
  framesPerCluster: 25,
  sized: true,
  grouped: false,
}

it('leaves a damaged file to ffmpeg, or knows only rows that lie in it', async () => {
  const whole = makeMatroska(usual)
  const place = fc.nat(whole.length - 1)
  const damages = fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 4 })
  // Most damage in the head, where it does most.
  const atHead = fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(fc.oneof(damages, atHead), fc.oneof(fc.constant(whole.length), place), async (damage, end) => {
      const bytes = Buffer.from(whole.subarray(0, end))
      for (const [at, byte] of damage) if (at < end) bytes.writeUInt8(byte, at)
      const table = await tableOf(bytes, [startMs, 4000, 9000])
      const ends = [...(table?.positionBytes ?? [])].map((position, row) => position + (table?.sizeBytes[row] ?? NaN))
      expect(ends.every((rowEnd) => rowEnd <= bytes.length)).toBe(true)
    }),
    { numRuns: 500 },
  )
})

describe('leaves to ffmpeg', () => {
  const [atMs] = [[4000]]
  const refused = (film: Partial<MatroskaFilm>): Promise<SampleTable | undefined> =>
    tableOf(makeMatroska({ ...usual, ...film }), atMs)

  it('blocks that are compressed or encrypted', async () => {
    expect(await refused({})).toBeDefined()
    expect(await refused({ trackExtras: [makeElement(elementIds.contentEncodings)] })).toBeUndefined()
  })

  it('a track with a clock of its own', async () => {
    const delay = makeElement(elementIds.codecDelay, makeUnsigned(6_500_000))
    const [one, half] = [1, 0.5].map((scale) => Buffer.from(new Float32Array([scale]).buffer).swap32())
    expect(await refused({ trackExtras: [delay] })).toBeUndefined()
    expect(await refused({ trackExtras: [makeElement(elementIds.trackTimestampScale, half ?? delay)] })).toBeUndefined()
    expect(await refused({ trackExtras: [makeElement(elementIds.trackTimestampScale, one ?? delay)] })).toBeDefined()
  })

  it('a codec that is not what the probe found', async () => {
    expect(await tableOf(makeMatroska(usual), atMs, 'hevc')).toBeUndefined()
    expect(await refused({ codecId: 'V_MPEG2' })).toBeUndefined()
  })

  it('several frames in one block', async () => {
    const bytes = makeMatroska(usual)
    const at = bytes.lastIndexOf(Buffer.from([elementIds.simpleBlock, 1, 0, 0, 0, 0, 0, 0, 51, 1, 0, 0, 0, 0, 0, 0, 3]))
    expect(at).toBeGreaterThan(0)
    bytes.writeUInt8(0x02, at + 19)
    expect(await tableOf(bytes, [startMs + 299 * frameMs])).toBeUndefined()
    expect(await tableOf(bytes, atMs)).toBeDefined()
  })

  it('a film that starts at another time than the probe found, or with no keyframe', async () => {
    const { frames } = usual
    const later = frames.map((frame) => ({ ...frame, ptsTicks: frame.ptsTicks + 1 }))
    expect(await refused({ frames: later })).toBeUndefined()
    expect(
      await refused({ frames: frames.map((frame, row) => ({ ...frame, keyframe: row > 0 && frame.keyframe })) }),
    ).toBeUndefined()
  })
})

it('does not show the hidden frames of VP8 and VP9', async () => {
  for (const [codecId, codec, hidden] of [
    ['V_VP8', 'vp8', 0x00],
    ['V_VP9', 'vp9', 0x80],
  ] as const) {
    const film = { ...usual, ...decodingOrder({ frames: 60, groupFrames: 60, bFrames: 0 }), codecId }
    const bytes = makeMatroska(film)
    const shown = await tableOf(bytes, [2000], codec)
    bytes.writeUInt8(hidden, shown?.positionBytes[30] ?? NaN)
    const table = await tableOf(bytes, [2000], codec)
    expect([...(table?.shownTicks ?? [])]).toEqual(
      [...(shown?.shownTicks ?? [])].filter((ticks) => ticks !== startMs + 30 * frameMs),
    )
    expect(table?.ptsTicks).toEqual(shown?.ptsTicks)
  }
})
