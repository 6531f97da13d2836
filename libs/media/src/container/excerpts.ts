import type { SampleSpan, SampleTable } from './sample-table'

/** A media file that excerpts can be made of, once it is known which of its frames matter. */
export interface ExcerptFile {
  /**
   * @param clockMs asked times in the file's own clock, rising; the table is sure to hold the frames on screen then
   * @returns undefined when ffmpeg itself had better seek in the file
   */
  around(clockMs: readonly number[], signal: AbortSignal): Promise<Excerpts | undefined>
}

/**
 * A media file that excerpts can be made of: a stream that holds just the samples that some pictures need, each with its
 * own presentation time, in the container that it came in.
 */
export interface Excerpts {
  readonly table: SampleTable
  /** ffmpeg's name of the excerpt's container. */
  readonly format: string
  /** What was added to the times in an excerpt. */
  readonly clock: { readonly shiftTicks: number }
  /** Whether samples that no other refers to are left out, unless their picture is wanted. */
  readonly leavesOut: boolean

  /**
   * An excerpt of some spans; it ends early before a span that a decoder may not be given right behind another one.
   * @param spans rising, not overlapping
   * @param onSpan hears of every span that is written whole
   */
  write(spans: readonly SampleSpan[], onSpan: (span: SampleSpan) => void, signal: AbortSignal): AsyncIterable<Buffer>
}
