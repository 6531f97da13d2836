import type { SourceFile } from '@libs/tasks'
import type { Excerpts } from '../excerpts'
import { readSpans } from '../read-spans'
import type { SampleSpan, SampleTable } from '../sample-table'
import type { MatroskaHead } from './read-head'
import type { MatroskaTrack } from './read-track'
import { writeCluster, writeExcerptHead } from './write-excerpt'

/** Excerpts of a Matroska or WebM file around some times. */
export class MatroskaExcerpts implements Excerpts {
  readonly format = 'matroska'
  readonly clock = { shiftTicks: 0 }
  readonly leavesOut: boolean

  constructor(
    private readonly source: SourceFile,
    private readonly head: MatroskaHead,
    private readonly track: MatroskaTrack,
    readonly table: SampleTable,
  ) {
    this.leavesOut = track.nal !== undefined
  }

  async *write(
    spans: readonly SampleSpan[],
    onSpan: (span: SampleSpan) => void,
    signal: AbortSignal,
  ): AsyncGenerator<Buffer> {
    const { source, table, track } = this
    yield writeExcerptHead(this.head, track)
    for await (const samples of readSpans({ source, table, nal: track.nal }, spans, onSpan, signal)) {
      for (const { row, keyframe, data } of samples) {
        yield writeCluster(track, { ptsTicks: table.ptsTicks[row] ?? 0, keyframe, data })
      }
    }
  }
}
