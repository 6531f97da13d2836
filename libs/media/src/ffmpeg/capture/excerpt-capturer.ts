import { Readable } from 'node:stream'
import { AppError, runInLanes } from '@libs/kernel'
import type { MediaTools } from '../../confinement/open-media-tools'
import type { Excerpts } from '../../container/excerpts'
import type { SampleSpan } from '../../container/sample-table'
import { mostFramesPerProcess } from '../../container/sample-table'
import type { PictureStyle } from '../args/grab-args'
import { excerptCommand } from '../args/grab-args'
import { runFfmpeg } from '../run-ffmpeg'
import { removePictures } from './made-pictures'

/** Decodes wanted frames out of excerpts that hold just what they need: no process opens, probes or seeks the file. */
export class ExcerptCapturer {
  constructor(
    private readonly tools: MediaTools,
    private readonly excerpts: Excerpts,
    private readonly style: PictureStyle,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Makes what pictures it can; where the video is damaged some are missing afterwards.
   * @param shares what each of the lanes decodes
   * @throws AppError `media.notAccessible` and what `runFfmpeg` throws
   */
  async capture(shares: readonly (readonly SampleSpan[])[], lanes: number): Promise<void> {
    const threads = Math.max(1, Math.floor(lanes / shares.length))
    await runInLanes(shares, lanes, async (share) => {
      for (let left = share; left.length > 0;) left = left.slice(await this.decode(atMost(left), threads))
    })
  }

  /** @returns how many of the spans are done with; the rest wants a process of its own */
  private async decode(spans: readonly SampleSpan[], threads: number): Promise<number> {
    const { excerpts, signal } = this
    const { ptsTicks } = excerpts.table
    let written = 0
    let failure: unknown
    async function* bytes(): AsyncGenerator<Buffer> {
      try {
        yield* excerpts.write(spans, () => (written += 1), signal)
      } catch (error) {
        // What was written so far still decodes.
        failure = error
      }
    }
    const wanted = spans.flatMap(({ wantedRows }) => wantedRows.map((row) => ptsTicks[row] ?? 0)).sort((a, b) => a - b)
    const stream = Readable.from(bytes(), { objectMode: false })
    const input = { stream, format: excerpts.format, shiftTicks: excerpts.clock.shiftTicks }
    const command = excerptCommand(input, wanted, this.style, { threads, strict: true })
    const { succeeded, doubtful } = await runFfmpeg(this.tools, command, signal)
    stream.destroy()
    // The file itself says better which of them are whole.
    if (doubtful) await removePictures(this.style.folder, this.style.format, wanted)
    if (failure instanceof AppError && failure.code !== 'media.malformed') throw failure
    return succeeded && failure === undefined ? Math.max(1, written) : spans.length
  }
}

function atMost(spans: readonly SampleSpan[]): readonly SampleSpan[] {
  let frames = 0
  const tooMany = spans.findIndex(({ wantedRows }, index) => {
    frames += wantedRows.length
    return index > 0 && frames > mostFramesPerProcess
  })
  return tooMany < 0 ? spans : spans.slice(0, tooMany)
}
