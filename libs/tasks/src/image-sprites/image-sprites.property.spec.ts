import fc from 'fast-check'
import { pictureDefaults } from '../stills/picture'
import type { MediaInfo } from '../media-info'
import { maxSheetSidePx, planImageSprites } from './image-sprites.plan'
import { writeSpriteVtt } from './sprite-vtt'

function mediaOf(durationMs: number): MediaInfo {
  return {
    container: 'mov',
    sizeBytes: 1,
    bitrateBps: 0,
    durationMs,
    startMs: 0,
    pictureStreamIndex: 0,
    displayWidthPx: 1920,
    displayHeightPx: 1080,
    videoStreams: [],
    audioStreams: [],
  }
}

const base = {
  widthPx: 142,
  heightPx: 80,
  resolutionAdaptive: false,
  format: 'jpg',
  fill: 'stretch',
  ...pictureDefaults,
} as const

const sprite = fc.record({
  durationMs: fc.double({ min: 0.5, max: 20_000_000, noNaN: true }),
  samples: fc.integer({ min: 1, max: 400 }),
  by: fc.constantFrom('time' as const, 'percent' as const),
  rows: fc.integer({ min: 1, max: 12 }),
  columns: fc.integer({ min: 1, max: 12 }),
  paddingPx: fc.integer({ min: 0, max: 40 }),
  marginPx: fc.integer({ min: 0, max: 40 }),
})

const noGaps = { paddingPx: 0, marginPx: 0 }

type Sprite = typeof sprite extends fc.Arbitrary<infer T> ? T : never

function planOf({ durationMs, samples, by, ...grid }: Sprite) {
  const sampling =
    by === 'time' ? { by, intervalMs: durationMs / samples } : { by, intervalPercent: Math.min(100, 100 / samples) }
  return planImageSprites({ settings: { ...base, sampling, ...grid }, request: {} }, mediaOf(durationMs))
}

it('gives every sample one cell, each inside its sheet and on no other', () => {
  fc.assert(
    fc.property(sprite, (asked) => {
      const { sheets, cell } = planOf(asked)
      expect(sheets.flatMap(({ cells }) => cells)).toHaveLength(asked.samples)
      expect(sheets).toHaveLength(Math.ceil(asked.samples / (asked.rows * asked.columns)))
      const { paddingPx, marginPx } = asked
      for (const sheet of sheets) {
        const places = new Set(sheet.cells.map(({ leftPx, topPx }) => `${leftPx},${topPx}`))
        expect(places.size).toBe(sheet.cells.length)
        for (const { leftPx, topPx } of sheet.cells) {
          expect((leftPx - marginPx) % (cell.widthPx + paddingPx)).toBe(0)
          expect((topPx - marginPx) % (cell.heightPx + paddingPx)).toBe(0)
          expect(Math.min(leftPx, topPx)).toBeGreaterThanOrEqual(marginPx)
          expect(leftPx + cell.widthPx + marginPx).toBeLessThanOrEqual(sheet.widthPx)
          expect(topPx + cell.heightPx + marginPx).toBeLessThanOrEqual(sheet.heightPx)
        }
      }
      for (const sheet of sheets.slice(0, -1)) {
        expect(sheet.widthPx).toBe(2 * marginPx + asked.columns * (cell.widthPx + paddingPx) - paddingPx)
        expect(sheet.heightPx).toBe(2 * marginPx + asked.rows * (cell.heightPx + paddingPx) - paddingPx)
      }
    }),
  )
})

it('tiles the duration with cues: no gap, no overlap, to its very end', () => {
  fc.assert(
    fc.property(sprite, (asked) => {
      const plan = planOf(asked)
      const vtt = writeSpriteVtt(
        plan,
        plan.sheets.map((_, index) => `sheet-${index}.jpg`),
      )
      const cues = [...vtt.matchAll(/^(\S+) --> (\S+)$/gm)].map(([, from = '', to = '']) => [readMs(from), readMs(to)])
      expect(vtt.startsWith('WEBVTT\n\n')).toBe(true)
      expect(cues[0]?.[0]).toBe(0)
      for (const [index, [fromMs = NaN, toMs = NaN]] of cues.entries()) {
        expect(toMs).toBeGreaterThan(fromMs)
        if (index > 0) expect(fromMs).toBe(cues[index - 1]?.[1])
      }
      expect(cues.at(-1)?.[1]).toBe(Math.max(1, Math.round(asked.durationMs)))
    }),
  )
})

function readMs(time: string): number {
  const [hours = NaN, minutes = NaN, seconds = NaN, ms = NaN] = time.split(/[:.]/).map(Number)
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms
}

it('crops the last sheet to the rows it uses, or a single row to its columns', () => {
  const plan = (samples: number) => planOf({ durationMs: 1000, samples, by: 'time', rows: 3, columns: 4, ...noGaps })
  const last = (samples: number) => plan(samples).sheets.at(-1)
  expect(last(12)).toMatchObject({ widthPx: 4 * 142, heightPx: 3 * 80 })
  expect(last(17)).toMatchObject({ widthPx: 4 * 142, heightPx: 2 * 80 })
  expect(last(15)).toMatchObject({ widthPx: 3 * 142, heightPx: 80 })
})

it('writes what players read', () => {
  const sampling = { by: 'time', intervalMs: 3_600_000 } as const
  const plan = planImageSprites(
    { settings: { ...base, sampling, rows: 1, columns: 1 }, request: {} },
    mediaOf(3_600_500.4),
  )
  expect(writeSpriteVtt(plan, ['sheet-0.jpg', 'sheet-1.jpg'])).toBe(
    'WEBVTT\n\n00:00:00.000 --> 01:00:00.000\nsheet-0.jpg#xywh=0,0,142,80\n' +
      '\n01:00:00.000 --> 01:00:00.500\nsheet-1.jpg#xywh=0,0,142,80\n',
  )
})

it('lays 120 x 68 cells out as the vendor of margins does', () => {
  const settings = { ...base, widthPx: 120, heightPx: 68, rows: 10, columns: 3, paddingPx: 20, marginPx: 50 }
  const sampling = { by: 'series', startMs: 0, count: 50 } as const
  const { sheets } = planImageSprites({ settings: { ...settings, sampling }, request: {} }, mediaOf(60_000))
  expect(sheets.map(({ cells }) => cells.length)).toEqual([30, 20])
  expect(sheets[0]).toMatchObject({ widthPx: 500, heightPx: 960 })
  expect(sheets[0]?.cells[4]).toMatchObject({ leftPx: 50 + 140, topPx: 50 + 88 })
})

it('names the files of cells where there are no sheets, the first from the very start', () => {
  const sampling = { by: 'series', startMs: 400, count: 2, intervalMs: 300 } as const
  const settings = { ...base, sampling, rows: 1, columns: 1, delivery: 'cells' } as const
  const plan = planImageSprites({ settings, request: {} }, mediaOf(1000))
  expect(writeSpriteVtt(plan, ['cell-0.jpg', 'cell-1.jpg'])).toBe(
    'WEBVTT\n\n00:00:00.000 --> 00:00:00.700\ncell-0.jpg\n\n00:00:00.700 --> 00:00:01.000\ncell-1.jpg\n',
  )
})

it('refuses sheets that are too large, also when the cells are as large as the video', () => {
  const sampling = { by: 'percent', intervalPercent: 10 } as const
  const settings = { ...base, widthPx: 0, heightPx: 0, sampling, rows: 1, columns: 10 }
  expect(10 * 1920).toBeGreaterThan(maxSheetSidePx)
  expect(faultOf(() => planImageSprites({ settings, request: {} }, mediaOf(1000)))).toMatchObject({
    code: 'task.invalidConfiguration',
    field: 'settings.columns',
  })
})

function faultOf(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  return undefined
}
