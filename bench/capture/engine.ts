import { egressEnv, GuardedFetcher } from '@libs/egress'
import { FfmpegFrameGrabber, FfmpegMediaProber, type MediaTools, SharpImageComposer } from '@libs/media'
import { readEnv } from '@libs/kernel'
import { openStorage } from '@libs/storage'
import { type ExecutionContext, kinds, type MediaInfo, type PictureKindName, type Tools } from '@libs/tasks'
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { copyFile, link, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** A film that the engine can be given, with what ingest found in it. */
export interface Film {
  readonly path: string
  readonly media: MediaInfo
}

export type PictureTask = {
  [Kind in PictureKindName]: {
    readonly kind: Kind
    readonly input: Parameters<(typeof kinds)[Kind]['perform']>[0]
  }
}[PictureKindName]

/** The capture engine as a worker has it, from the start of a job to stored files; only the queue is left out. */
export class Engine {
  private readonly tools: Tools
  private readonly stored: string
  private readonly sources: string

  /** @param folder on the disk that its stores and workspaces are to be on */
  constructor(
    media: MediaTools,
    private readonly folder: string,
  ) {
    this.stored = join(folder, 'stored')
    this.sources = join(this.stored, 'sources', '0')
    mkdirSync(this.sources, { recursive: true })
    this.tools = {
      prober: new FfmpegMediaProber(media),
      grabber: new FfmpegFrameGrabber(media),
      composer: new SharpImageComposer(),
      fetcher: new GuardedFetcher(readEnv(egressEnv)),
      ...openStorage({ STORAGE_URL: `file:${this.stored}` }),
    }
  }

  /** Probes a film, and puts it where each of its tasks finds it without a copy of its own. */
  async film(path: string): Promise<Film> {
    const source = this.newSource()
    await link(path, source.path).catch(() => copyFile(path, source.path))
    return { path: source.path, media: await this.tools.prober.probe(path, new AbortController().signal) }
  }

  /** @returns absolute paths of the pictures and lists that the task stored, in the order of its results */
  async perform(film: Film, task: PictureTask): Promise<readonly string[]> {
    const context = await this.contextFor(film)
    try {
      const keys = await this.keysOf(task, context, new AbortController().signal)
      return keys.map((key) => join(this.stored, key))
    } finally {
      await rm(context.place.workspace, { recursive: true, force: true })
    }
  }

  /** Everything under a name that no task has used, as every job comes with facts and a place of its own. */
  private async contextFor({ path, media }: Film): Promise<ExecutionContext> {
    const source = this.newSource()
    await link(path, source.path)
    const workspace = join(this.folder, 'work', source.id)
    await mkdir(workspace, { recursive: true })
    const place = { workspace, artifactPrefix: `artifacts/0/${source.id}/` }
    const subject = { sourceKey: source.key, media: structuredClone(media) }
    return { subject, place, tools: this.tools, report: () => undefined }
  }

  private newSource(): { readonly id: string; readonly key: string; readonly path: string } {
    const id = randomUUID()
    return { id, key: `sources/0/${id}`, path: join(this.sources, id) }
  }

  private async keysOf(task: PictureTask, context: ExecutionContext, signal: AbortSignal): Promise<readonly string[]> {
    const keyOf = ({ artifact }: { readonly artifact: { readonly key: string } }): string => artifact.key
    switch (task.kind) {
      case 'snapshotByTimeOffset':
        return (await kinds.snapshotByTimeOffset.perform(task.input, context, signal)).stills.map(keyOf)
      case 'sampleSnapshot':
        return (await kinds.sampleSnapshot.perform(task.input, context, signal)).stills.map(keyOf)
      case 'coverBySnapshot':
        return [keyOf({ artifact: (await kinds.coverBySnapshot.perform(task.input, context, signal)).cover.artifact })]
      case 'imageSprites': {
        const { sheets, vtt } = await kinds.imageSprites.perform(task.input, context, signal)
        return [...sheets, vtt].map(({ key }) => key)
      }
    }
  }
}
