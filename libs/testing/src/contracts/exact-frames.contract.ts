import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FfmpegFrameGrabber, FfmpegMediaProber } from '@libs/media'
import type { FrameAccuracy, MediaInfo } from '@libs/tasks'
import sharp from 'sharp'
import { aGrab } from '../builders/grab'
import { askedTimes } from '../clips/asked-times'
import { decodeWhole, psnrDb } from '../clips/decode-whole'
import type { DecodedFrame } from '../clips/decode-whole'
import { testMediaTools } from '../clips/test-media-tools'

export interface ExactnessCase {
  readonly name: string
  readonly extension: string
  make(path: string): Promise<void>
  /** Encoders and muxers that making it takes; where ffmpeg has one of them not, the case is skipped by name. */
  readonly needs?: readonly string[]
  /** Of the pictures; 128 x 72 px unless said. */
  readonly widthPx?: number
  readonly heightPx?: number
  /** The filter that turns the coded picture upright, where it does not lie so. */
  readonly upright?: string
  /** The stream that pictures must be taken from; the first unless said. */
  readonly streamIndex?: number
  /** Whatever else must be true of the file. */
  readonly media?: Partial<MediaInfo>
}

/** Two pictures of the same frame differ by the rounding of colours alone; those of neighbours by a block of the number. */
const sameFrameDb = 40
const otherFrameDb = 25

/**
 * Holds every picture that the product takes of a case against what a whole decode of the file shows at that time, or for
 * the accuracy `keyframe` against the last keyframe that it has shown by then, for `nearestKeyframe` against the nearest.
 */
export function exactFramesContract(cases: readonly ExactnessCase[], accuracy: FrameAccuracy = 'exact'): void {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exactness-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  for (const [place, subject] of cases.entries()) {
    const missing = (subject.needs ?? []).filter((encoder) => !encoders().has(encoder))
    if (missing.length > 0) it.skip(`${subject.name}: this ffmpeg has no ${missing.join(', no ')}`, () => undefined)
    else {
      it(subject.name, async () => {
        const path = join(folder, `${place}.${subject.extension}`)
        await subject.make(path)
        await expectExactFrames(subject, path, { folder, accuracy, seed: place + 1 })
      })
    }
  }
}

let known: ReadonlySet<string> | undefined

function encoders(): ReadonlySet<string> {
  if (known === undefined) {
    const listed = execFileSync(testMediaTools().ffmpegPath, ['-v', 'error', '-encoders'], { encoding: 'utf8' })
    known = new Set([...listed.matchAll(/^ V\S+ (\S+)/gm)].map(([, name]) => name ?? ''))
  }
  return known
}

async function expectExactFrames(
  subject: ExactnessCase,
  path: string,
  { folder, accuracy, seed }: { readonly folder: string; readonly accuracy: FrameAccuracy; readonly seed: number },
): Promise<void> {
  const { widthPx = 128, heightPx = 72, upright, streamIndex = 0 } = subject
  const media = await new FfmpegMediaProber(testMediaTools()).probe(path, new AbortController().signal)
  const frames = await decodeWhole({ path, streamIndex, widthPx, heightPx, ...(upright !== undefined && { upright }) })
  const lastMs = frames.at(-1)?.ptsMs ?? NaN
  expect(media).toMatchObject({ pictureStreamIndex: streamIndex, ...subject.media })
  expect(media.durationMs).toBeGreaterThan(lastMs)
  const ptsMs = frames.map((frame) => frame.ptsMs)
  const picture = { folder, accuracy, widthPx, heightPx }
  const many = askedTimes(ptsMs, media.durationMs, seed)
  // A few far apart are had in another way than many.
  const few = [0.87, 0.34].map((part) => media.durationMs * part)
  for (const atMs of [many, few]) expect(await faultsOf({ path, media, atMs }, picture, frames)).toEqual([])
}

interface Wanted {
  readonly folder: string
  readonly accuracy: FrameAccuracy
  readonly widthPx: number
  readonly heightPx: number
}

/** What is wrong with the pictures at some times, the first five of it. */
async function faultsOf(
  { path, media, atMs }: { readonly path: string; readonly media: MediaInfo; readonly atMs: readonly number[] },
  { folder, accuracy, widthPx, heightPx }: Wanted,
  frames: readonly DecodedFrame[],
): Promise<readonly string[]> {
  const geometry = { widthPx, heightPx, fill: 'stretch' } as const
  const request = aGrab({ path, media, atMs, geometry, format: 'png', folder, accuracy })
  const taken = await new FfmpegFrameGrabber(testMediaTools()).grab(request, new AbortController().signal)
  expect(taken.map((picture) => picture.atMs)).toEqual(atMs)
  const faults = await Promise.all(
    taken.map(async (picture) => {
      const place = placeFor(picture.atMs, frames, accuracy)
      return judge(picture, await pixelsOf(picture.path), frames, place)
    }),
  )
  return faults.filter((fault) => fault !== undefined).slice(0, 5)
}

/** Which frame stands for a time. */
function placeFor(atMs: number, frames: readonly DecodedFrame[], accuracy: FrameAccuracy): number {
  const shown = frames.findLastIndex((frame) => frame.ptsMs <= atMs + 0.001)
  if (accuracy === 'exact') return shown
  const keyframes = [...frames.keys()].filter((place) => frames[place]?.keyframe)
  // Before the first keyframe that is shown there is the first frame.
  const before = keyframes.findLast((place) => place <= shown) ?? 0
  const after = keyframes.find((place) => place > shown)
  if (accuracy === 'keyframe' || after === undefined) return before
  const offMs = (place: number): number => Math.abs((frames[place]?.ptsMs ?? NaN) - atMs)
  return offMs(after) < offMs(before) ? after : before
}

/** What is wrong with a picture, if anything. */
function judge(
  { atMs, ptsMs }: { readonly atMs: number; readonly ptsMs: number },
  pixels: Buffer,
  frames: readonly DecodedFrame[],
  place: number,
): string | undefined {
  const likeness = (frame: number): number => (frames[frame] ? psnrDb(pixels, frames[frame].pixels) : -Infinity)
  const at = `at ${atMs} ms, which frame ${place} of ${frames[place]?.ptsMs} ms stands for`
  if (Math.abs(ptsMs - (frames[place]?.ptsMs ?? NaN)) > 0.002) return `${at}: says ${ptsMs} ms`
  if (likeness(place) > sameFrameDb && likeness(place - 1) < otherFrameDb && likeness(place + 1) < otherFrameDb) return
  const best = frames.map((_, frame) => frame).sort((a, b) => likeness(b) - likeness(a))[0] ?? NaN
  return `${at}: is like it by ${likeness(place).toFixed(1)} dB, most like frame ${best} by ${likeness(best).toFixed(1)} dB`
}

async function pixelsOf(path: string): Promise<Buffer> {
  return sharp(path).removeAlpha().toColourspace('srgb').raw().toBuffer()
}
