import { type Clock, type MediaId, newMediaId, newRunId, type RunId, type SubAppId } from '@libs/kernel'
import type { Doorbell } from '../ports/doorbell.port'
import type { Stores, UnitOfWork } from '../ports/stores/unit-of-work.port'
import { acceptRun, type RunOrder } from '../runs/accept-run'
import { findProcedure } from '../procedures/find-procedure'
import { newTask } from '../runs/expand-run'
import type { Run } from '../runs/run'
import type { Media } from './media'

/** A source whose bytes are stored under its key, or that is to be fetched from a URL. */
export interface NewMedia {
  readonly id: MediaId
  readonly subAppId: SubAppId
  readonly name: string
  readonly extension: string
  readonly sourceKey: string
  readonly url: string | undefined
  readonly sourceContext?: string
  readonly expiresAt?: Date | undefined
}

export interface RegisterMediaCommand {
  readonly media: NewMedia
  /** A stored procedure that runs as soon as the media is ready. */
  readonly procedure: (RunOrder & { readonly name: string }) | undefined
}

export interface RegisteredMedia {
  readonly mediaId: MediaId
  readonly runId: RunId | undefined
}

/** Stores a media that is not ready yet. */
export async function insertMedia(stores: Stores, { url, ...source }: NewMedia, at: Date): Promise<Media> {
  const media: Media = {
    description: '',
    sourceContext: '',
    expiresAt: undefined,
    ...source,
    sourceUrl: url,
    state: 'ingesting',
    info: undefined,
    fault: undefined,
    coverKey: undefined,
    tags: [],
    marks: [],
    createdAt: at,
    updatedAt: at,
  }
  await stores.media.insert(media)
  return media
}

/** Stores the run that makes a media ready. @param about which kind of run it is, and whom it concerns */
export async function ingestMedia(
  stores: Stores,
  { id, subAppId, sourceUrl }: Media,
  about: Pick<Run, 'type' | 'dialect' | 'notifyMode' | 'sessionContext' | 'sessionId' | 'nextRunId'>,
  at: Date,
): Promise<RunId> {
  const runId = newRunId(at.getTime())
  const request = sourceUrl === undefined ? {} : { url: sourceUrl }
  const task = newTask(runId, 0, { kind: 'ingest', settings: {}, request }, at)
  const run: Run = {
    ...about,
    id: runId,
    subAppId,
    mediaId: id,
    procedureName: undefined,
    state: 'waiting',
    priority: 10,
    createdAt: at,
    startedAt: undefined,
    finishedAt: undefined,
  }
  await stores.runs.insert(run, [task], at)
  return runId
}

export class RegisterMedia {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
  ) {}

  /** A media id for bytes that are about to be stored. */
  nextId(): MediaId {
    return newMediaId(this.clock.nowMs())
  }

  /** @throws AppError `procedure.notFound`, `template.notFound`, `session.duplicate` */
  async execute({ media, procedure }: RegisterMediaCommand): Promise<RegisteredMedia> {
    const at = new Date(this.clock.nowMs())
    const runId = await this.unitOfWork.run(async (stores) => {
      const inserted = await insertMedia(stores, media, at)
      const nextRunId = procedure && (await this.accept(stores, inserted, procedure, at))
      const type = media.url === undefined ? 'ingest' : 'pull'
      const about = { type, dialect: procedure?.dialect ?? '', notifyMode: undefined, nextRunId } as const
      await ingestMedia(stores, inserted, { ...about, sessionContext: '', sessionId: '' }, at)
      return nextRunId
    })
    this.doorbell.ring('tasks')
    return { mediaId: media.id, runId }
  }
  private async accept(
    stores: Stores,
    media: Media,
    { name, ...order }: NonNullable<RegisterMediaCommand['procedure']>,
    at: Date,
  ): Promise<RunId> {
    const { tasks } = await findProcedure(stores, media.subAppId, name)
    return acceptRun(stores, { ...order, media, procedureName: name, tasks }, at)
  }
}
