import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { AppError } from '@libs/kernel'
import { FfmpegFrameGrabber, FfmpegMediaProber, SharpImageComposer } from '@libs/media'
import {
  coverBySnapshot,
  imageSprites,
  ingest,
  sampleSnapshot,
  snapshotByTimeOffset,
  SourceFetcher,
  pictureDefaults,
} from '@libs/tasks'
import type { ExecutionContext, FrameCount, MediaInfo, PictureSettings } from '@libs/tasks'
import { makeLumaClock, MemoryArtifactStore, MemorySourceStore, readClock, testMediaTools } from '@libs/testing'
import type { Region } from '@libs/testing'
import sharp from 'sharp'

class NoFetcher extends SourceFetcher {
  override readonly maxBytes = 0

  override async open(): Promise<never> {
    throw new AppError('url.refused', 'This test fetches nothing.')
  }
}

const tools = testMediaTools()
const { signal } = new AbortController()
const artifacts = new MemoryArtifactStore()
const sources = new MemorySourceStore()
let folder = ''
let media: MediaInfo
let context: ExecutionContext
const reported: FrameCount[] = []
const report = (count: FrameCount): void => void reported.push(count)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinds-'))
  const path = join(folder, 'clock.mp4')
  await makeLumaClock({ path, seconds: 23.4 })
  await sources.put('clock', createReadStream(path))
  const grabber = new FfmpegFrameGrabber(tools)
  const prober = new FfmpegMediaProber(tools)
  const composer = new SharpImageComposer()
  const workspace = join(folder, 'work')
  await mkdir(workspace)
  const place = { workspace, artifactPrefix: 'task/1/' }
  const lent = { grabber, prober, composer, artifacts, sources, fetcher: new NoFetcher() }
  const probed = await ingest.perform(
    { settings: {}, request: {} },
    { subject: { sourceKey: 'clock' }, place, tools: lent, report },
    signal,
  )
  media = probed.media
  context = { subject: { sourceKey: 'clock', media }, place, tools: lent, report }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const settings: PictureSettings = {
  widthPx: 120,
  heightPx: 0,
  resolutionAdaptive: true,
  format: 'jpg',
  fill: 'black',
  ...pictureDefaults,
}

async function clockIn(key: string, region?: Region): Promise<number> {
  const bytes = artifacts.files.get(key)
  if (bytes === undefined) throw new Error(`${key} was not published`)
  const path = join(folder, key.replaceAll('/', '-'))
  await writeFile(path, bytes)
  return readClock(path, region)
}

it.each(['jpg', 'png', 'webp', 'avif'] as const)('stills by time offset show their times, as %s', async (format) => {
  const offsets = [
    { unit: 'ms', value: 12_500 },
    { unit: 'percent', value: 0 },
    { unit: 'percent', value: 100 },
    { unit: 'ms', value: 12_500 },
    { unit: 'ms', value: 999 },
  ] as const
  const { stills } = snapshotByTimeOffset.output.parse(
    await snapshotByTimeOffset.perform(
      { settings: { ...settings, format }, request: { offsets: [...offsets] } },
      context,
      signal,
    ),
  )
  expect(stills.map(({ atMs }) => atMs)).toEqual([12_500, 0, 23_400, 12_500, 999])
  expect(stills.map(({ ptsMs }) => ptsMs)).toEqual([12_480, 0, 23_360, 12_480, 960])
  expect(stills[0]).toMatchObject({ widthPx: 120, heightPx: 68, artifact: { key: `task/1/still-0.${format}` } })
  expect(await Promise.all(stills.map(({ artifact }) => clockIn(artifact.key)))).toEqual([12, 0, 23, 12, 0])
})

it('samples show their times', async () => {
  const sampling = { by: 'percent', intervalPercent: 12.5 } as const
  const { stills } = await sampleSnapshot.perform({ settings: { ...settings, sampling }, request: {} }, context, signal)
  expect(await Promise.all(stills.map(({ artifact }) => clockIn(artifact.key)))).toEqual([0, 2, 5, 8, 11, 14, 17, 20])
})

it.each([
  [{ by: 'series', startMs: 2000, count: 3, intervalMs: 3000 }, [2, 5, 8]],
  [{ by: 'series', startMs: 16_000, count: 9, intervalMs: 3000 }, [16, 19, 22]],
  [{ by: 'series', startMs: 3400, count: 4 }, [3, 8, 13, 18]],
] as const)('the series %j shows its times', async (sampling, seconds) => {
  const { stills } = await sampleSnapshot.perform({ settings: { ...settings, sampling }, request: {} }, context, signal)
  expect(await Promise.all(stills.map(({ artifact }) => clockIn(artifact.key)))).toEqual(seconds)
})

it('the nearest keyframe may be after its time, and stands once for all that it is nearest to', async () => {
  const picture = { ...settings, accuracy: 'nearestKeyframe' } as const
  const offsets = [3400, 3600, 22_900].map((value) => ({ unit: 'ms' as const, value }))
  const single = await snapshotByTimeOffset.perform({ settings: picture, request: { offsets } }, context, signal)
  expect(single.stills.map(({ ptsMs }) => ptsMs)).toEqual([3000, 4000, 23_000])
  const sampling = { by: 'series', startMs: 0, count: 12, intervalMs: 300 } as const
  const { stills } = await sampleSnapshot.perform({ settings: { ...picture, sampling }, request: {} }, context, signal)
  expect(stills.map(({ atMs, ptsMs }) => [atMs, ptsMs])).toEqual([
    [0, 0],
    [600, 1000],
    [1800, 2000],
    [2700, 3000],
  ])
  expect(stills.map(({ artifact }) => artifact.key)).toEqual([0, 1, 2, 3].map((index) => `task/1/sample-${index}.jpg`))
})

it.each([
  [{ sharePercent: 90, belowLevel: 100 }, 3000],
  [{ sharePercent: 100, belowLevel: 60 }, 0],
  [{ sharePercent: 30, belowLevel: 255 }, 0],
])('a black opening is passed over where %j says so', async (avoidBlack, ptsMs) => {
  const sampling = { by: 'series', startMs: 0, count: 2, intervalMs: 10_000 } as const
  const seen = await sampleSnapshot.perform(
    { settings: { ...settings, avoidBlack, sampling }, request: {} },
    context,
    signal,
  )
  expect(seen.stills.map((still) => [still.atMs, still.ptsMs])).toEqual([
    [0, ptsMs],
    [10_000, 10_000],
  ])
  const request = { position: { unit: 'percent', value: 0 } } as const
  const { cover } = await coverBySnapshot.perform({ settings: { ...settings, avoidBlack }, request }, context, signal)
  expect(cover.ptsMs).toBe(ptsMs)
})

it('files are named as they were asked to be, and the VTT follows', async () => {
  const sampling = { by: 'series', startMs: 4000, count: 3, intervalMs: 3000 } as const
  const named = (request: { fileName: string }) =>
    sampleSnapshot.perform({ settings: { ...settings, sampling }, request }, context, signal)
  const { stills } = await named({ fileName: 'shots/{index}.{format}' })
  const keys = stills.map(({ artifact }) => artifact.key)
  expect(keys).toEqual([1, 2, 3].map((index) => `task/1/shots/0000${index}.jpg`))
  expect(await Promise.all(keys.map((key) => clockIn(key)))).toEqual([4, 7, 10])
  await expect(named({ fileName: 'one.jpg' })).rejects.toMatchObject({ field: 'fileName' })
  const sprite = { ...settings, sampling, rows: 1, columns: 2, delivery: 'both' } as const
  const request = { fileName: 'sheets/{index}.jpg', cellFileName: 'cells/{index}.jpg' }
  const { sheets, cells = [], vtt } = await imageSprites.perform({ settings: sprite, request }, context, signal)
  expect(sheets.map(({ key }) => key)).toEqual(['task/1/sheets/00001.jpg', 'task/1/sheets/00002.jpg'])
  expect(await clockIn('task/1/cells/00003.jpg')).toBe(10)
  expect(cells).toHaveLength(3)
  expect(artifacts.files.get(vtt.key)?.toString()).toContain('\nsheets/00002.jpg#xywh=0,0,')
})

it('the cover shows its time', async () => {
  const request = { position: { unit: 'percent', value: 50 } } as const
  const { cover } = await coverBySnapshot.perform({ settings, request }, context, signal)
  expect(cover).toMatchObject({ artifact: { key: 'task/1/cover.jpg' }, atMs: 11_700 })
  expect(await clockIn(cover.artifact.key)).toBe(11)
})

it('stills bear the marks that were frozen with their task', async () => {
  const png = await sharp({ create: { width: 40, height: 20, channels: 4, background: 'red' } })
    .png()
    .toBuffer()
  await sources.put('watermarks/0/red.png', Readable.from([png]))
  const image = { key: 'watermarks/0/red.png', widthPx: 40, heightPx: 20 }
  const px = (value: number) => ({ unit: 'px' as const, value })
  const mark = {
    type: 'image',
    image,
    width: px(20),
    height: px(0),
    transparencyPercent: 0,
    repeat: 'forever',
  } as const
  const watermarks = [{ definition: 1000, origin: 'bottomRight', x: px(4), y: px(2), mark } as const]
  const marked = { ...settings, format: 'png', watermarks } as const
  const request = { position: { unit: 'percent', value: 50 } } as const
  const { cover } = await coverBySnapshot.perform({ settings: marked, request }, context, signal)
  const { data, info } = await sharp(artifacts.files.get(cover.artifact.key))
    .raw()
    .toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)]
  const { widthPx: w, heightPx: h } = cover
  expect([at(w - 24, h - 12), at(w - 5, h - 3)]).toEqual(Array(2).fill([255, 0, 0]))
  for (const [x, y] of [
    [w - 25, h - 12],
    [w - 24, h - 13],
    [w - 4, h - 3],
    [w - 5, h - 2],
  ] as const) {
    expect(at(x, y)).not.toEqual([255, 0, 0])
  }
})

it('every cell of every sprite shows the time that its cue claims', async () => {
  const sprite = {
    ...settings,
    widthPx: 96,
    heightPx: 54,
    sampling: { by: 'time', intervalMs: 2000 },
    rows: 2,
    columns: 4,
  } as const
  reported.length = 0
  const output = await imageSprites.perform({ settings: sprite, request: {} }, context, signal)
  expect(reported).toEqual(expect.arrayContaining([{ framesDone: 8, frames: 12 }]))
  expect(reported).toEqual(reported.toSorted((a, b) => a.framesDone - b.framesDone))
  expect(reported.at(-1)).toEqual({ framesDone: 12, frames: 12 })
  expect(output).toMatchObject({ cellWidthPx: 96, cellHeightPx: 54, cellCount: 12 })
  expect(output.sheets.map(({ key }) => key)).toEqual(['task/1/sheet-0.jpg', 'task/1/sheet-1.jpg'])
  const vtt = artifacts.files.get(output.vtt.key)?.toString() ?? ''
  const cue = /(\d\d):(\d\d):(\d\d)\.(\d{3}) --> (\S+)\n(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)/g
  let count = 0
  for (const [, , , seconds, , , name, leftPx, topPx, widthPx, heightPx] of vtt.matchAll(cue)) {
    const region = {
      leftPx: Number(leftPx),
      topPx: Number(topPx),
      widthPx: Number(widthPx),
      heightPx: Number(heightPx),
    }
    expect(await clockIn(`task/1/${name ?? ''}`, region)).toBe(Number(seconds))
    count += 1
  }
  expect(count).toBe(12)
  expect(vtt).toContain('--> 00:00:23.400\n')
})

it.each(['jpg', 'png'] as const)('cells lie apart on the background, and come as files too: %s', async (format) => {
  const sprite = {
    ...settings,
    format,
    widthPx: 96,
    heightPx: 54,
    sampling: { by: 'series', startMs: 3000, count: 5, intervalMs: 4000 },
    rows: 2,
    columns: 3,
    paddingPx: 16,
    marginPx: 24,
    background: '#ff6347',
    delivery: 'both',
  } as const
  const { sheets, cells = [] } = await imageSprites.perform({ settings: sprite, request: {} }, context, signal)
  expect(sheets.map(({ key }) => key)).toEqual([`task/1/sheet-0.${format}`])
  const sheet = sharp(artifacts.files.get(`task/1/sheet-0.${format}`))
  const { data, info } = await sheet.raw().toBuffer({ resolveWithObject: true })
  expect(info).toMatchObject({ width: 2 * 24 + 3 * 96 + 2 * 16, height: 2 * 24 + 2 * 54 + 16 })
  const unlike = (x: number, y: number) => {
    const pixel = [...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + 3)]
    return Math.max(...[0xff, 0x63, 0x47].map((level, channel) => Math.abs(level - (pixel[channel] ?? NaN))))
  }
  const gaps = [
    [3, 3],
    [12, 80],
    [24 + 96 + 8, 50],
    [24 + 2 * 96 + 16 + 8, 110],
    [60, 24 + 54 + 8],
    [info.width - 40, 120],
  ]
  for (const [x = 0, y = 0] of gaps) expect(unlike(x, y)).toBeLessThan(format === 'png' ? 1 : 20)
  for (const [index, cell] of cells.entries()) {
    expect(cell).toMatchObject({ artifact: { key: `task/1/cell-${index}.${format}` }, widthPx: 96, heightPx: 54 })
    expect(cell.atMs).toBe(3000 + 4000 * index)
    expect(await clockIn(cell.artifact.key)).toBe(3 + 4 * index)
    const region = { leftPx: 24 + (index % 3) * 112, topPx: 24 + Math.floor(index / 3) * 70, widthPx: 96, heightPx: 54 }
    expect(await clockIn(`task/1/sheet-0.${format}`, region)).toBe(3 + 4 * index)
  }
  expect(cells).toHaveLength(5)
})

it('cells may come without a sheet, and the VTT names them', async () => {
  const sampling = { by: 'time', intervalMs: 9000 } as const
  const sprite = { ...settings, format: 'webp', sampling, rows: 1, columns: 2, delivery: 'cells' } as const
  const before = artifacts.files.size
  const { sheets, cells = [], vtt } = await imageSprites.perform({ settings: sprite, request: {} }, context, signal)
  expect(sheets).toEqual([])
  expect(await Promise.all(cells.map(({ artifact }) => clockIn(artifact.key)))).toEqual([0, 9, 18])
  const cues = artifacts.files
    .get(vtt.key)
    ?.toString()
    .match(/^\S+\.webp.*$/gm)
  expect(cues).toEqual(['cell-0.webp', 'cell-1.webp', 'cell-2.webp'])
  expect(artifacts.files.size).toBe(before + 3)
})

it('an offset beyond the end fails as it was asked, and nothing is published', async () => {
  const before = artifacts.files.size
  const request = { offsets: [{ unit: 'ms', value: 0 } as const, { unit: 'ms', value: 23_441 } as const] }
  const asking = snapshotByTimeOffset.perform({ settings, request }, context, signal)
  await expect(asking).rejects.toMatchObject({
    code: 'task.invalidOffset',
    field: 'offsets.1',
    message: 'The offset 23.441s is beyond the end of the media, which lasts 23.4s.',
  })
  expect(artifacts.files.size).toBe(before)
})

it('media without video, whatever was said of it, is a fault of the media', async () => {
  const soundAlone = { ...media }
  delete soundAlone.pictureStreamIndex
  const subject = { sourceKey: 'clock', media: soundAlone }
  const asking = coverBySnapshot.perform(
    { settings, request: { position: { unit: 'ms', value: 0 } } },
    { ...context, subject },
    signal,
  )
  await expect(asking).rejects.toMatchObject({ code: 'media.noVideo' })
})
