import { type Clock, type MediaId, newMediaId, newRunId, type RunId, type SubAppId } from '@libs/kernel'
import type { Doorbell } from '../ports/doorbell.port'
import type { Stores, UnitOfWork } from '../ports/stores/unit-of-work.port'
import { acceptRun, type RunOrder } from '../runs/accept-run'
import { findProcedure } from '../procedures/find-procedure'
import { newTask } from '../runs/expand-run'
import type { Media } from './media'

/** A source whose bytes are stored under its key, or that is to be fetched from a URL. */
export interface NewMedia {
  readonly id: MediaId
  readonly subAppId: SubAppId
  readonly name: string
  readonly extension: string
  readonly sourceKey: string
  readonly url: string | undefined
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

/** Stores a media with the run that ingests it. */
export async function insertMedia(stores: Stores, { url, ...source }: NewMedia, at: Date) {
  const media: Media = {
    ...source,
    sourceUrl: url,
    state: 'ingesting',
    info: undefined,
    fault: undefined,
    coverKey: undefined,
    createdAt: at,
  }
  await stores.media.insert(media)
  const runId = newRunId(at.getTime())
  const task = newTask(runId, 0, { kind: 'ingest', settings: {}, request: url === undefined ? {} : { url } }, at)
  const ingestRun = {
    id: runId,
    subAppId: media.subAppId,
    type: 'ingest',
    mediaId: media.id,
    dialect: '',
    procedureName: undefined,
    state: 'waiting',
    notifyMode: 'none',
    priority: 10,
    sessionContext: '',
    sessionId: '',
    createdAt: at,
    startedAt: undefined,
    finishedAt: undefined,
  } as const
  await stores.runs.insert(ingestRun, [task], at)
  return media
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
      if (procedure === undefined) return undefined
      const { tasks } = await findProcedure(stores, media.subAppId, procedure.name)
      return acceptRun(stores, { ...procedure, media: inserted, procedureName: procedure.name, tasks }, at)
    })
    this.doorbell.ring('tasks')
    return { mediaId: media.id, runId }
  }
}
