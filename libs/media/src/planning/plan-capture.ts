import type { Excerpts } from '../container/excerpts'
import type { SampleSpan, SampleTable } from '../container/sample-table'
import { planSpans } from '../container/sample-table'
import type { FrameIndex } from '../timeline/frame-index'
import { countBetween, keyframeBefore } from '../timeline/frame-index'
import type { CaptureWork, Coded, VideoFacts } from './cost-model'
import { decodeMs, framesWorthASeek, pictureMs, predictMs } from './cost-model'
import type { DecodeRun } from './plan-runs'
import { planRuns } from './plan-runs'
import { shareOut } from './share-out'

/** What the plan rests on. */
export interface CaptureFacts {
  /** Wanted frames, rising, without repeats. */
  readonly ptsTicks: readonly number[]
  readonly index: FrameIndex
  /** Present where excerpts can be made of the file. */
  readonly excerpts?: Excerpts | undefined
  readonly video: VideoFacts
  /** Processes that may decode at a time. */
  readonly lanes: number
  /** Whether the bytes lie elsewhere, so that only ranges of them had better be read. */
  readonly ranged: boolean
}

export type CapturePlan = {
  readonly reason: string
  readonly predictedMs: number
  readonly work: CaptureWork
} & (
  | {
      /** Only the samples that are needed are piped into few decoders. */
      readonly strategy: 'excerpt'
      readonly excerpts: Excerpts
      /** One share per lane, of about the same cost. */
      readonly shares: readonly (readonly SampleSpan[])[]
    }
  | {
      /** ffmpeg seeks in the file to each group of pictures; or reads it once from the start. */
      readonly strategy: 'seeks' | 'pass'
      readonly runs: readonly DecodeRun[]
    }
)

/** Of the samples of a stretch, those that have to be decoded although nothing refers to the rest. */
const keptWithReordering = 0.6

/** The cheapest way, by the cost model, to have exactly the wanted frames. Pure. */
export function planCapture(facts: CaptureFacts): CapturePlan {
  const excerpt = planExcerpt(facts)
  if (excerpt !== undefined && facts.ranged) return because(excerpt, 'only the needed ranges of the file are read')
  const seeks = planSeeks(facts)
  // Of an index that is not whole nobody knows how many frames a pass would decode.
  const others = facts.index.whole ? [seeks, planPass(facts)] : [seeks]
  const candidates = excerpt === undefined ? others : [excerpt, ...others]
  const best = candidates.reduce((least, plan) => (plan.predictedMs < least.predictedMs ? plan : least))
  const rest = candidates.filter((plan) => plan !== best)
  const predicted = [best, ...rest].map(({ strategy, predictedMs }) => `${strategy} ${predictedMs.toFixed(0)} ms`)
  return because(best, `predicted: ${predicted.join(', ')}`)
}

function because(plan: CapturePlan, reason: string): CapturePlan {
  return { ...plan, reason }
}

function planExcerpt({ ptsTicks, excerpts, video, lanes }: CaptureFacts): CapturePlan | undefined {
  if (excerpts === undefined) return undefined
  const { table, leavesOut } = excerpts
  const spans = planSpans(ptsTicks, table)
  const kept = leavesOut && table.reorders ? keptWithReordering : 1
  const shares = shareOut(
    spans,
    lanes,
    (span) => decodeMs(video, codedIn(span, table, kept)) + pictureMs(video, span.wantedRows.length),
  )
  const coded = spans.map((span) => codedIn(span, table, kept))
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  const frames = Math.max(ptsTicks.length, Math.round(sum(coded.map((each) => each.frames))))
  const bytes = sum(coded.map((each) => each.bytes))
  const work = { processes: shares.length, inputs: 0, frames, bytes, pictures: ptsTicks.length }
  return { strategy: 'excerpt', excerpts, shares, work, predictedMs: predictMs(work, video, lanes), reason: '' }
}

/** Frames that nothing refers to are small: what leaving them out saves is pixels. */
function codedIn({ firstRow, lastRow }: SampleSpan, { sizeBytes }: SampleTable, kept: number): Coded {
  const bytes = sizeBytes.subarray(firstRow, lastRow + 1).reduce((sum, size) => sum + size, 0)
  return { frames: (lastRow - firstRow + 1) * kept, bytes }
}

function planSeeks({ ptsTicks, index, video, lanes }: CaptureFacts): CapturePlan {
  const runs = planRuns(ptsTicks, index, { lanes, framesWorthASeek: framesWorthASeek(video) })
  const frames = runs.reduce((sum, run) => sum + framesOf(run, index), 0)
  const work = {
    ...{ processes: Math.min(runs.length, lanes), inputs: runs.length, pictures: ptsTicks.length },
    ...{ frames, bytes: frames * video.frameBytes },
  }
  return { strategy: 'seeks', runs, work, predictedMs: predictMs(work, video, lanes), reason: '' }
}

function planPass({ ptsTicks, index, video, lanes }: CaptureFacts): CapturePlan {
  const runs = [{ ptsTicks }]
  const frames = countBetween(index, -Infinity, ptsTicks.at(-1) ?? 0) + 1
  const bytes = frames * video.frameBytes
  const work = { processes: 1, inputs: 1, frames, bytes, pictures: ptsTicks.length }
  return { strategy: 'pass', runs, work, predictedMs: predictMs(work, video, lanes), reason: '' }
}

function framesOf({ ptsTicks }: DecodeRun, index: FrameIndex): number {
  const first = keyframeBefore(index, ptsTicks[0] ?? 0) ?? -Infinity
  return countBetween(index, first - 1, ptsTicks.at(-1) ?? 0) + 1
}
