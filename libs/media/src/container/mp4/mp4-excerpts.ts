import type { MediaInfo, SourceFile } from '@libs/tasks'
import type { Excerpts } from '../excerpts'
import type { NalReader } from '../nal-units'
import { readSpans } from '../read-spans'
import type { SampleSpan } from '../sample-table'
import { MalformedBoxes } from './boxes'
import { readCodecConfiguration } from './codec-configuration'
import { readMovie } from './read-movie'
import type { Mp4Track } from './read-track'
import { readTrack } from './read-track'
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
    this.nal = readCodecConfiguration(track.codecTag, track.header.stsd)
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
    const { clock, nal, source, table } = this
    yield writeExcerptHead(this.track)
    let sequence = 1
    for await (const read of readSpans({ source, table, nal }, spans, onSpan, signal)) {
      const samples = read.map(({ row, ...sample }) => ({
        ...sample,
        ptsTicks: table.ptsTicks[row] ?? 0,
        dtsTicks: table.dtsTicks[row] ?? 0,
      }))
      yield* writeFragment(this.track, samples, { sequence, clock })
      sequence += 1
    }
  }
}
