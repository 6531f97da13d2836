import type { SourceFile } from '@libs/tasks'
import { AppError } from '@libs/kernel'
import type { SampleTable } from './sample-table'

/** Bytes between two samples, such as sound, that are read along rather than asked for twice. */
const widestGapBytes = 256 * 1024
const mostBytesAtATime = 4 * 1024 * 1024

/**
 * The bytes of consecutive rows, read in few, bounded pieces.
 * @throws AppError `media.malformed` when the file ends before a sample does
 */
export async function* readSamples(
  source: SourceFile,
  { positionBytes, sizeBytes }: SampleTable,
  { firstRow, lastRow }: { readonly firstRow: number; readonly lastRow: number },
  signal: AbortSignal,
): AsyncGenerator<readonly { readonly row: number; readonly data: Buffer }[]> {
  const positionOf = (row: number): number => positionBytes[row] ?? 0
  const endOf = (row: number): number => positionOf(row) + (sizeBytes[row] ?? 0)
  for (let first = firstRow; first <= lastRow;) {
    let last = first
    while (last < lastRow) {
      const gap = positionOf(last + 1) - endOf(last)
      if (gap < 0 || gap > widestGapBytes || endOf(last + 1) - positionOf(first) > mostBytesAtATime) break
      last += 1
    }
    const start = positionOf(first)
    const bytes = await source.read(start, endOf(last) - start, signal)
    if (bytes.length < endOf(last) - start)
      throw new AppError('media.malformed', 'The file ends before its pictures do.')
    yield Array.from({ length: last - first + 1 }, (_, index) => {
      const row = first + index
      return { row, data: bytes.subarray(positionOf(row) - start, endOf(row) - start) }
    })
    first = last + 1
  }
}
