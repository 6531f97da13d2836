import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, runInLanes } from '@libs/kernel'
import type { MediaTools } from '../../confinement/open-media-tools'
import type { FfmpegCommand, PictureStyle } from '../args/grab-args'
import { cutCommand, pictureName, seekCommand } from '../args/grab-args'
import type { PictureStream } from '../args/picture-stream'
import type { DecodeRun } from '../../planning/plan-runs'
import { planGroups } from '../../planning/plan-runs'
import type { FfmpegResult } from '../run-ffmpeg'
import { runFfmpeg } from '../run-ffmpeg'
import type { FrameIndex } from '../../timeline/frame-index'
import { madePictures, removePictures } from './made-pictures'
import { countBetween, framesBefore, keyframeBefore, ticksToMs } from '../../timeline/frame-index'

/** Decoders open at a time hold some twenty frames each; this keeps a process near half a gigabyte. */
const openPixels = 8 * 1920 * 1080
/** Frames that a packet announces but no decoder shows come singly, such as the hidden reference frames of VP8. */
const mostHiddenFrames = 4

/** A blind seek ends at most so many packets early, and a decoder wants some more behind the last to give it out. */
const packetsBesides = 600

/** Decodes wanted frames into pictures, strictly first; a frame that only damage would give is a fault. */
export class FrameCapturer {
  /** What the frame that is being recovered did to a decoder. */
  private readonly troubles: AppError[] = []

  constructor(
    private readonly tools: MediaTools,
    private readonly stream: PictureStream,
    private readonly style: PictureStyle,
    private readonly index: FrameIndex,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * @param runs their frames rising, without repeats
   * @param pixels of a coded frame
   * @returns for each wanted frame the frame on screen at its time: itself, or the one before where its packet shows none
   * @throws AppError `media.malformed` when a frame cannot be had, `media.crashedDecoder` or `media.tooMuchMemory` when that
   *   is why even a process for that frame alone, with one thread, did not bring it
   */
  async capture(runs: readonly DecodeRun[], pixels: number, lanes: number): Promise<ReadonlyMap<number, number>> {
    const ptsTicks = runs.flatMap((run) => run.ptsTicks)
    const batchSize = Math.max(1, Math.min(Math.floor(openPixels / pixels), Math.ceil(runs.length / lanes), 8))
    const batches = Array.from({ length: Math.ceil(runs.length / batchSize) }, (_, batch) =>
      runs.slice(batch * batchSize, (batch + 1) * batchSize),
    )
    const threads = Math.max(1, Math.floor(lanes / batches.length))
    await runInLanes(batches, lanes, (batch) => this.decode(batch, { threads }))
    // One damaged group of pictures stops its whole process, so the groups that got none have another go alone.
    const missing = await this.missing(ptsTicks)
    await runInLanes(planGroups(missing, this.index), lanes, (run) => this.decode([run], { threads: 1 }))
    const shown = new Map(ptsTicks.map((pts) => [pts, pts]))
    for (const pts of await this.missing(missing)) shown.set(pts, await this.recover(pts))
    return shown
  }

  private async missing(ptsTicks: readonly number[]): Promise<readonly number[]> {
    const had = await madePictures(this.style.folder, this.style.format)
    return ptsTicks.filter((pts) => !had.has(pts))
  }

  /** A frame that no strict pass brought: it is damaged, something before it is, or it is never shown. */
  private async recover(pts: number): Promise<number> {
    this.troubles.length = 0
    const alone = planGroups([pts], this.index)
    const strict = await this.decode(alone, { threads: 1 })
    const shown = strict ? await this.shownInstead(pts) : undefined
    if (shown !== undefined) return shown
    if (await this.decodeTolerantly(alone, pts)) return pts
    const atS = (ticksToMs(pts, this.index.timeBase) - this.index.startMs) / 1000
    const [trouble] = this.troubles
    if (trouble !== undefined) throw trouble
    throw new AppError(
      'media.malformed',
      `The video is damaged at ${atS.toFixed(3)}s: its frame there cannot be decoded.`,
    )
  }

  /**
   * Decodes without an error past the frame, together with those before it: when they come and it does not, it is never
   * shown, and the nearest before it is on screen. First from a keyframe earlier, then from the start of the file.
   */
  private async shownInstead(pts: number): Promise<number | undefined> {
    const before = framesBefore(this.index, pts, mostHiddenFrames)
    const wanted = [...before, pts].sort((a, b) => a - b)
    const earliest = wanted[0] ?? pts
    const keyframe = keyframeBefore(this.index, earliest)
    const seek = keyframe === undefined ? [] : planGroups([keyframe], this.index)
    for (const { seekS } of [...seek, {} as Pick<DecodeRun, 'seekS'>]) {
      const run = { ...(seekS !== undefined && { seekS }), ptsTicks: wanted }
      // Of a frame further back nobody knows whether it is still on screen, unless everything before it decoded too.
      const certain = seekS === undefined ? [pts, ...before] : [pts, ...before.slice(0, 1)]
      const shown = await this.firstOf(certain, run)
      if (shown !== undefined) return shown
    }
    return undefined
  }

  /** The first of some frames that a strict run brings, with its picture. */
  private firstOf(candidates: readonly number[], run: DecodeRun): Promise<number | undefined> {
    return this.aside(async (style) => {
      const command = seekCommand([run], this.stream, style, { threads: 1, strict: true })
      const { succeeded, doubtful } = await this.run(command)
      const had = succeeded && !doubtful ? await madePictures(style.folder, style.format) : new Set<number>()
      return candidates.find((candidate) => had.has(candidate))
    })
  }

  /** Takes the frame although something on the way did not decode, unless any frame had to be patched up. */
  private async decodeTolerantly(runs: readonly DecodeRun[], pts: number): Promise<boolean> {
    const taken = await this.aside(async (style) => {
      const command = seekCommand(runs, this.stream, style, { threads: 1, strict: false })
      const { doubtful, corrupt } = await this.run(command)
      return !doubtful && !corrupt && (await madePictures(style.folder, style.format)).has(pts) ? pts : undefined
    })
    return taken === pts
  }

  /** Has pictures made apart from the others, and keeps the one of the frame that the work settles on. */
  private async aside(work: (style: PictureStyle) => Promise<number | undefined>): Promise<number | undefined> {
    const folder = join(this.style.folder, 'doubtful')
    await mkdir(folder, { recursive: true })
    try {
      const kept = await work({ ...this.style, folder })
      if (kept !== undefined) {
        const name = pictureName(kept, this.style.format)
        await rename(join(folder, name), join(this.style.folder, name))
      }
      return kept
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  private async run(command: FfmpegCommand): Promise<FfmpegResult> {
    const result = await runFfmpeg(this.tools, command, this.signal)
    if (result.trouble !== undefined) this.troubles.push(result.trouble)
    return result
  }

  /** @returns whether all went well; of a decoder that crashed or patched something up on the way no picture is kept */
  private async decode(runs: readonly DecodeRun[], { threads }: { readonly threads: number }): Promise<boolean> {
    const command = seekCommand(runs, this.stream, this.style, { threads, strict: true })
    const { succeeded, doubtful } = await this.run(command)
    if (!doubtful) return succeeded
    const ptsTicks = runs.flatMap((run) => run.ptsTicks)
    await removePictures(this.style.folder, this.style.format, ptsTicks)
    const [run] = runs
    return run !== undefined && runs.length === 1 && this.stream.seeksBlindly === true && this.decodeFromKeyframe(run)
  }

  /** Of a stream that is sought in blindly nobody knows whether what was patched up lies before the keyframe; here nothing does. */
  private async decodeFromKeyframe(run: DecodeRun): Promise<boolean> {
    const folder = await mkdtemp(join(this.style.folder, 'cut-'))
    try {
      const path = join(folder, 'cut.ts')
      const last = run.ptsTicks.at(-1) ?? 0
      const start = keyframeBefore(this.index, run.ptsTicks[0] ?? 0) ?? -Infinity
      const packets = countBetween(this.index, start - 1, last) + packetsBesides
      await this.run(cutCommand(run, this.stream, { path, packets }))
      // A crash leaves nothing, and a sandbox does not start for a file that is not there.
      if (!(await readdir(folder)).includes('cut.ts')) return false
      const command = seekCommand([{ ptsTicks: run.ptsTicks }], { path, index: 0 }, this.style, {
        threads: 1,
        strict: true,
      })
      const { succeeded, doubtful } = await this.run(command)
      if (doubtful) await removePictures(this.style.folder, this.style.format, run.ptsTicks)
      return succeeded && !doubtful
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}
