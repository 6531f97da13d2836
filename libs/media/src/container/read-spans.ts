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

/**
 * The pictures that a decoder of H.264 may hold back to bring them into order (ITU-T H.264, A.3.1). Where it started at
 * another picture than an IDR, ffmpeg's gives those alone that something pushes out, and drops them at the end.
 */
const mostHeldBack = 16

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
  for (const [place, span] of spans.entries()) {
    const wanted = new Set(span.wantedRows)
    let written = 0
    let isHeldBack = false
    for await (const read of readSamples(source, table, span, signal)) {
      const isStart = read[0]?.row === span.firstRow
      const anew = isStart ? startAnew(read[0]?.data, nal) : read[0]?.data
      isHeldBack ||= anew === undefined
      const first = place === 0 ? read[0]?.data : anew
      if (first === undefined) return
      const samples = read.flatMap(({ row, data }, index) =>
        nal?.isUnreferenced(data) === true && !wanted.has(row)
          ? []
          : [{ row, keyframe: row === span.firstRow, data: index === 0 ? first : data }],
      )
      written += samples.length
      // Before the bytes are gone: a decoder that has had its last frame asks for no more.
      if (read.at(-1)?.row === span.lastRow) onSpan(span)
      yield samples
    }
    if (isHeldBack && written <= mostHeldBack) yield* readBehind(source, table, [span, spans[place + 1]], signal)
  }
}

/** Samples whose pictures nobody wants, for what they push out of the decoder. */
async function* readBehind(
  source: SourceFile,
  table: SampleTable,
  [{ lastRow }, next]: readonly [SampleSpan, SampleSpan | undefined],
  signal: AbortSignal,
): AsyncGenerator<readonly SpanSample[]> {
  const endRow = Math.min(lastRow + mostHeldBack, (next?.firstRow ?? table.ptsTicks.length) - 1)
  const rows = { firstRow: lastRow + 1, lastRow: endRow }
  for await (const read of readSamples(source, table, rows, signal)) {
    yield read.map(({ row, data }) => ({ row, keyframe: false, data }))
  }
}

/** Keyframes of codecs without NAL units always do. */
function startAnew(keyframe: Buffer | undefined, nal: NalReader | undefined): Buffer | undefined {
  return nal === undefined || keyframe === undefined ? keyframe : nal.startAnew(keyframe)
}
