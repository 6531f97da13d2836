import type { SourceFile } from '@libs/tasks'
import type { NalReader } from './nal-units'
import { readSamples } from './read-samples'
import type { SampleSpan, SampleTable } from './sample-table'

export interface SampleSource {
  readonly source: SourceFile
  readonly table: SampleTable
  /** Absent: of the codec's samples none can be told to be unreferenced. */
  readonly nal: NalReader | undefined
}

export interface SpanSample {
  readonly row: number
  /** Decoding starts here. */
  readonly keyframe: boolean
  readonly data: Buffer
}

/**
 * The samples of some spans in few, bounded pieces, without those that no wanted picture needs; ends early before a span
 * that a decoder may not be given right behind another one.
 * @param spans rising, not overlapping
 * @param onSpan hears of every span that is read whole
 * @throws AppError `media.malformed` when the file ends before a sample does
 */
export async function* readSpans(
  { source, table, nal }: SampleSource,
  spans: readonly SampleSpan[],
  onSpan: (span: SampleSpan) => void,
  signal: AbortSignal,
): AsyncGenerator<readonly SpanSample[]> {
  for (const span of spans) {
    const wanted = new Set(span.wantedRows)
    for await (const read of readSamples(source, table, span, signal)) {
      const starts = span !== spans[0] && read[0]?.row === span.firstRow
      const first = starts ? startAnew(read[0]?.data, nal) : read[0]?.data
      if (first === undefined) return
      const samples = read.flatMap(({ row, data }, index) =>
        nal?.isUnreferenced(data) === true && !wanted.has(row)
          ? []
          : [{ row, keyframe: row === span.firstRow, data: index === 0 ? first : data }],
      )
      // Before the bytes are gone: a decoder that has had its last frame asks for no more.
      if (read.at(-1)?.row === span.lastRow) onSpan(span)
      yield samples
    }
  }
}

/** Keyframes of codecs without NAL units always do. */
function startAnew(keyframe: Buffer | undefined, nal: NalReader | undefined): Buffer | undefined {
  return nal === undefined || keyframe === undefined ? keyframe : nal.startAnew(keyframe)
}
