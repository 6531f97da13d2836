import type { MediaInfo, SourceFile } from '@libs/tasks'
import type { Excerpts } from '../excerpts'
import type { SampleSpan } from '../sample-table'
import { MalformedBoxes } from './boxes'
import type { NalReader } from './nal-units'
import { nalReaderOf } from './nal-units'
import { readMovie } from './read-movie'
import { readSamples } from './read-samples'
import type { Mp4Track } from './read-track'
import { readTrack } from './read-track'
import type { ExcerptSample } from './write-excerpt'
import { excerptClockOf, writeExcerptHead, writeFragment } from './write-excerpt'

/** Excerpts of an MP4 or QuickTime file whose index lies in one piece. */
export class Mp4Excerpts implements Excerpts {
  readonly format = 'mov'
  readonly table
  readonly clock
  readonly leavesOut: boolean
  private readonly nal: NalReader | undefined

  private constructor(
    private readonly source: SourceFile,
    private readonly track: Mp4Track,
  ) {
    this.table = track.table
    this.clock = excerptClockOf(track)
    this.nal = nalReaderOf(track.codecTag, track.header.stsd)
    this.leavesOut = this.nal !== undefined
  }

  /** @returns undefined when the file is another one, or says something that only ffmpeg knows how to read */
  static async open(source: SourceFile, media: MediaInfo, signal: AbortSignal): Promise<Mp4Excerpts | undefined> {
    try {
      const movie = await readMovie(source, signal)
      const track = movie && readTrack(movie, media.pictureStreamIndex ?? -1)
      return track && new Mp4Excerpts(source, track)
    } catch (error) {
      if (error instanceof MalformedBoxes || error instanceof RangeError) return undefined
      throw error
    }
  }

  async *write(
    spans: readonly SampleSpan[],
    onSpan: (span: SampleSpan) => void,
    signal: AbortSignal,
  ): AsyncGenerator<Buffer> {
    yield writeExcerptHead(this.track)
    let sequence = 1
    for (const span of spans) {
      const wanted = new Set(span.wantedRows)
      for await (const read of readSamples(this.source, this.table, span, signal)) {
        const [first] = read
        if (span !== spans[0] && first?.row === span.firstRow && !this.startsAnew(first.data)) return
        const samples = read.flatMap(({ row, data }) =>
          this.nal?.read(data)?.unreferenced === true && !wanted.has(row) ? [] : [this.sample(row, data, span)],
        )
        // Before the bytes are gone: a decoder that has had its last frame asks for no more.
        if (read.at(-1)?.row === span.lastRow) onSpan(span)
        yield* writeFragment(this.track, samples, { sequence, clock: this.clock })
        sequence += 1
      }
    }
  }

  private startsAnew(sample: Buffer): boolean {
    return this.nal === undefined || this.nal.endOfSequence !== undefined || this.nal.read(sample)?.resets === true
  }

  private sample(row: number, data: Buffer, { firstRow, lastRow }: SampleSpan): ExcerptSample {
    const { ptsTicks, dtsTicks } = this.table
    const end = row === lastRow ? this.nal?.endOfSequence : undefined
    return {
      ptsTicks: ptsTicks[row] ?? 0,
      dtsTicks: dtsTicks[row] ?? 0,
      keyframe: row === firstRow,
      data: end === undefined ? data : Buffer.concat([data, end]),
    }
  }
}
