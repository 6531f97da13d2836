import type { MediaInfo, SourceFile } from '@libs/tasks'
import type { TimeBase } from '../../timeline/frame-index'
import { slackMs, ticksToMs } from '../../timeline/frame-index'
import type { ExcerptFile, Excerpts } from '../excerpts'
import type { Block } from './block-reader'
import { BlockReader } from './block-reader'
import { ByteWindow } from './byte-window'
import { MalformedEbml } from './ebml'
import { MatroskaExcerpts } from './matroska-excerpts'
import type { Cue } from './read-cues'
import { readCues } from './read-cues'
import type { MatroskaHead } from './read-head'
import { readHead } from './read-head'
import { readTable } from './read-table'
import type { MatroskaTrack } from './read-track'
import { readTrack } from './read-track'

/** Without cues a file is read from its start, which larger ones are not worth. */
const mostBytesWithoutCues = 64 * 1024 * 1024
const nanosecondsPerSecond = 1_000_000_000

/** A Matroska or WebM file with its head read; of its clusters just those around the asked times are. */
export class MatroskaFile implements ExcerptFile {
  private readonly cues: readonly Cue[]
  private readonly timeBase: TimeBase

  private constructor(
    private readonly source: SourceFile,
    private readonly head: MatroskaHead,
    private readonly track: MatroskaTrack,
    private readonly startMs: number,
  ) {
    this.cues = readCues(head, track.number)
    this.timeBase = timeBaseOf(head.timestampScaleNs)
  }

  /**
   * @returns undefined when the file is another one, says something that only ffmpeg knows how to read, or does not start
   *   with a keyframe at the time of its first decoded frame
   */
  static async open(source: SourceFile, media: MediaInfo, signal: AbortSignal): Promise<MatroskaFile | undefined> {
    return unlessMalformed(async () => {
      const window = new ByteWindow(source, signal)
      const head = await readHead(window, source.sizeBytes)
      const track = head && readTrack(head.tracks, media)
      if (!head || !track) return undefined
      const blocks = new BlockReader(window, track, head.segmentEnd)
      blocks.seek(head.firstCluster)
      const first = await blocks.next()
      const file = new MatroskaFile(source, head, track, media.startMs)
      return first !== undefined && file.startsWith(first) ? file : undefined
    })
  }

  private startsWith({ keyframe, ptsTicks }: Block): boolean {
    return keyframe && Math.abs(ticksToMs(ptsTicks, this.timeBase) - this.startMs) <= 2 * slackMs
  }

  async around(clockMs: readonly number[], signal: AbortSignal): Promise<Excerpts | undefined> {
    const { cues, head, source, startMs, timeBase, track } = this
    if (cues.length === 0 && source.sizeBytes > mostBytesWithoutCues) return undefined
    return unlessMalformed(async () => {
      const blocks = new BlockReader(new ByteWindow(source, signal), track, head.segmentEnd)
      const { firstCluster } = head
      const { mostReordered } = track.codec
      const table = await readTable(blocks, { timeBase, startMs, cues, firstCluster, mostReordered }, clockMs)
      return table && new MatroskaExcerpts(source, head, track, table)
    })
  }
}

async function unlessMalformed<Result>(read: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof MalformedEbml || error instanceof RangeError) return undefined
    throw error
  }
}

function timeBaseOf(timestampScaleNs: number): TimeBase {
  if (timestampScaleNs < 1 || timestampScaleNs > nanosecondsPerSecond) {
    throw new MalformedEbml('The clock of the file cannot be right.')
  }
  const divisor = greatestDivisor(timestampScaleNs, nanosecondsPerSecond)
  return { numerator: timestampScaleNs / divisor, denominator: nanosecondsPerSecond / divisor }
}

function greatestDivisor(first: number, second: number): number {
  return second === 0 ? first : greatestDivisor(second, first % second)
}
