import { availableParallelism } from 'node:os'
import { Readable } from 'node:stream'
import { AppError } from '@libs/kernel'
import type { Excerpts } from '../../container/excerpts'
import type { SampleSpan } from '../../container/sample-table'
import { planSpans } from '../../container/sample-table'
import type { PictureStyle } from '../args/grab-args'
import { excerptCommand } from '../args/grab-args'
import { runFfmpeg } from '../run-ffmpeg'
import { runInLanes } from '../run-in-lanes'
import { shareOut } from './share-out'

/** A longer filter expression would come near the limit for one argument. */
const mostFramesPerProcess = 1000

/** Decodes wanted frames out of excerpts that hold just what they need: no process opens, probes or seeks the file. */
export class ExcerptCapturer {
  constructor(
    private readonly ffmpegPath: string,
    private readonly excerpts: Excerpts,
    private readonly style: PictureStyle,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Makes what pictures it can; where the video is damaged some are missing afterwards.
   * @param ptsTicks wanted frames, rising, without repeats
   * @throws AppError `media.notAccessible` and what `runFfmpeg` throws
   */
  async capture(ptsTicks: readonly number[]): Promise<void> {
    const lanes = availableParallelism()
    const spans = planSpans(ptsTicks, this.excerpts.table)
    const shares = shareOut(spans, lanes, ({ firstRow, lastRow }) => lastRow - firstRow + 1)
    const batches = (await Promise.all(shares.map((share) => this.batch(share)))).flat()
    const threads = Math.max(1, Math.floor(lanes / batches.length))
    await runInLanes(batches, (batch) => this.decode(batch, threads))
  }

  /** Splits a share where a decoder has to begin anew. */
  private async batch(spans: readonly SampleSpan[]): Promise<readonly (readonly SampleSpan[])[]> {
    const batches: SampleSpan[][] = []
    let frames = 0
    for (const span of spans) {
      const last = batches.at(-1)
      frames += span.wantedRows.length
      if (last !== undefined && frames <= mostFramesPerProcess && (await this.excerpts.startsAnew(span, this.signal))) {
        last.push(span)
      } else {
        batches.push([span])
        frames = span.wantedRows.length
      }
    }
    return batches
  }

  private async decode(spans: readonly SampleSpan[], threads: number): Promise<void> {
    let failure: unknown
    const { excerpts, signal } = this
    async function* bytes(): AsyncGenerator<Buffer> {
      try {
        yield* excerpts.write(spans, signal)
      } catch (error) {
        // What was written so far still decodes.
        failure = error
      }
    }
    const { ptsTicks } = excerpts.table
    const wanted = spans.flatMap(({ wantedRows }) => wantedRows.map((row) => ptsTicks[row] ?? 0)).sort((a, b) => a - b)
    const stream = Readable.from(bytes(), { objectMode: false })
    const input = { stream, format: excerpts.format, shiftTicks: excerpts.clock.shiftTicks }
    await runFfmpeg(this.ffmpegPath, excerptCommand(input, wanted, this.style, { threads, strict: true }), signal)
    stream.destroy()
    if (failure instanceof AppError && failure.code !== 'media.malformed') throw failure
  }
}
