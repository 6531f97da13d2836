import type { z } from 'zod'
import type { MediaInfo } from './media-info'
import type { ArtifactStore } from './ports/artifact-store.port'
import type { FrameGrabber } from './ports/frame-grabber.port'
import type { ImageComposer } from './ports/image-composer.port'
import type { MediaProber } from './ports/media-prober.port'
import type { SourceFetcher } from './ports/source-fetcher.port'
import type { SourceStore } from './ports/source-store.port'

/** What a worker lends to the task it runs. */
export interface Tools {
  readonly prober: MediaProber
  readonly grabber: FrameGrabber
  readonly composer: ImageComposer
  readonly sources: SourceStore
  readonly artifacts: ArtifactStore
  readonly fetcher: SourceFetcher
}

/** What a task works on: the stored source, and what ingest found in it (absent for ingest itself). */
export interface Subject {
  readonly sourceKey: string
  readonly media?: MediaInfo | undefined
}

/** Where one execution may write. No two executions share either place, not even two tries of one task. */
export interface ExecutionPlace {
  /** A private folder, emptied when the execution ends. */
  readonly workspace: string
  /** Prefix of every artifact key, ending in `/`. */
  readonly artifactPrefix: string
}

/** How many frames a task has, of how many it needs. */
export interface FrameCount {
  readonly framesDone: number
  /** At least 1. */
  readonly frames: number
}

export interface ExecutionContext {
  readonly subject: Subject
  readonly place: ExecutionPlace
  readonly tools: Tools
  /** Tells how far the task is, as often as one likes: it neither waits nor throws. */
  readonly report: (count: FrameCount) => void
}

export interface TaskInput<Settings, Request> {
  readonly settings: Settings
  readonly request: Request
}

/** Stored settings that a kind draws on: the three snapshot templates. */
export type PictureTemplateName = 'snapshotByTimeOffset' | 'sampleSnapshot' | 'imageSprite'

/** Every kind of stored settings. */
export type TemplateName = PictureTemplateName | 'watermark'

/** Anything a worker can run: parse the input, perform, return the output or throw an AppError. */
export interface Performable<Name extends string, Settings, Request, Output> {
  readonly name: Name
  readonly settings: z.ZodType<Settings>
  readonly request: z.ZodType<Request>
  readonly output: z.ZodType<Output>
  perform(input: TaskInput<Settings, Request>, context: ExecutionContext, signal: AbortSignal): Promise<Output>
}

/** A kind of picture task: what may be asked, how it is planned (pure), and how it is made from ports. */
export interface TaskKind<Name extends string, Settings, Request, Plan, Output> extends Performable<
  Name,
  Settings,
  Request,
  Output
> {
  readonly template: PictureTemplateName
  plan(input: TaskInput<Settings, Request>, media: MediaInfo): Plan
  execute(plan: Plan, context: ExecutionContext, signal: AbortSignal): Promise<Output>
}
