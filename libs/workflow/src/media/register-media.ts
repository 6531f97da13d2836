import {
  AppError,
  type Clock,
  type MediaId,
  newMediaId,
  newRunId,
  noteWork,
  originOfWork,
  type RunId,
} from '@libs/kernel'
import { z } from 'zod'
import type { Doorbell } from '../ports/doorbell.port'
import type { IdempotencyKey } from '../ports/stores/callers/idempotency-key.store.port'
import type { SubAppStores, SubAppWork } from '../ports/stores/unit-of-work.port'
import type { Session } from '../ports/stores/run.store.port'
import { keptId, runOnce } from '../repeats/run-once'
import { acceptRun, claimSession } from '../runs/accept-run'
import type { RunOrder } from '../runs/run-order'
import { findProcedure } from '../procedures/find-procedure'
import { newTask } from '../runs/expand-run'
import type { Run } from '../runs/run'
import type { WaitingRoom } from '../runs/waiting-room'
import { deleteWhole } from './delete-media'
import type { Media, NewMedia } from './media'
import { isOlder, type ObjectVersion, referenceOf } from './elsewhere/object-version'

export interface RegisterMediaCommand {
  readonly media: NewMedia
  /** A stored procedure that runs as soon as the media is ready. */
  readonly procedure: (RunOrder & { readonly name: string }) | undefined
  /** Under which it is done once. */
  readonly key?: IdempotencyKey | undefined
  /** What is said of its coming, where that is more than its procedure says. */
  readonly about?: ArrivalOrder
}

/** How the coming of a media is told, and what keeps it from coming twice. */
export interface ArrivalOrder {
  readonly dialect: string
  readonly sessionContext?: string
  readonly session?: Session | undefined
  /** A cover that is fetched along with it. */
  readonly cover?: { readonly url: string; readonly key: string } | undefined
  /** The upload that it comes of. */
  readonly uploadToken?: string
  /** The object whose last version it is: what came of an earlier one is deleted. */
  readonly versionOf?: ObjectVersion | undefined
}

export interface RegisteredMedia {
  readonly mediaId: MediaId
  readonly runId: RunId | undefined
  /** The run that makes it ready. */
  readonly ingestRunId: RunId
}

const registeredMedia = z.object({
  mediaId: keptId<MediaId>(),
  runId: keptId<RunId>()
    .optional()
    .transform((runId) => runId),
  ingestRunId: keptId<RunId>(),
})

/** SubAppStores a media that is not ready yet. */
export async function insertMedia(stores: SubAppStores, { url, ...source }: NewMedia, at: Date): Promise<Media> {
  const media: Media = {
    description: '',
    sourceContext: '',
    expiresAt: undefined,
    coverKey: undefined,
    ...source,
    sourceUrl: url,
    state: 'ingesting',
    info: undefined,
    fault: undefined,
    tags: [],
    marks: [],
    createdAt: at,
    updatedAt: at,
  }
  await stores.media.insert(media)
  return media
}

/** SubAppStores the run that makes a media ready. @param about which kind of run it is, and whom it concerns */
export async function ingestMedia(
  stores: SubAppStores,
  { id, subAppId, sourceUrl }: Media,
  {
    cover,
    ...about
  }: Pick<Run, 'type' | 'dialect' | 'notifyMode' | 'sessionContext' | 'sessionId' | 'nextRunId'> &
    Pick<ArrivalOrder, 'cover'>,
  at: Date,
): Promise<RunId> {
  const runId = newRunId(at.getTime())
  const request = { ...(sourceUrl !== undefined && { url: sourceUrl }), ...(cover && { cover }) }
  const task = newTask(runId, 0, { kind: 'ingest', settings: {}, request }, at)
  const run: Run = {
    ...about,
    ...originOfWork(),
    id: runId,
    subAppId,
    mediaId: id,
    procedureName: undefined,
    callbackUrl: undefined,
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
    private readonly work: SubAppWork,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
    private readonly waitingRoom: WaitingRoom,
  ) {}

  /** A media id for bytes that are about to be stored. */
  nextId(): MediaId {
    return newMediaId(this.clock.nowMs())
  }

  /** @throws AppError `procedure.notFound`, `template.notFound`, `subApp.busy`, `session.duplicate`, `upload.notFound`, what `runOnce` throws */
  async execute(command: RegisterMediaCommand): Promise<RegisteredMedia> {
    const at = new Date(this.clock.nowMs())
    const { media, key } = command
    const order = { subAppId: media.subAppId, key, at, kept: registeredMedia }
    const registered = await runOnce(this.work, order, (stores) => this.register(stores, command, at))
    noteWork({ runId: registered.runId ?? registered.ingestRunId })
    this.doorbell.ring('tasks')
    return registered
  }

  private async register(
    stores: SubAppStores,
    { media, procedure, about }: RegisterMediaCommand,
    at: Date,
  ): Promise<RegisteredMedia> {
    if (about?.uploadToken !== undefined) await useUpload(stores, about.uploadToken, media.id)
    await this.waitingRoom.admit(stores, media.subAppId, 1)
    const inserted = await insertMedia(stores, media, at)
    const nextRunId = procedure && (await this.accept(stores, inserted, procedure, at))
    const ingestRunId = await ingestMedia(
      stores,
      inserted,
      {
        type: media.url === undefined ? 'ingest' : 'pull',
        dialect: about?.dialect ?? procedure?.dialect ?? '',
        notifyMode: undefined,
        nextRunId,
        sessionContext: about?.sessionContext ?? '',
        sessionId: about?.session?.id ?? '',
        cover: about?.cover,
      },
      at,
    )
    if (about?.session !== undefined) await claimSession(stores, media.subAppId, about.session, ingestRunId, at)
    if (about?.versionOf !== undefined) await takePlace(stores, inserted, about, about.versionOf, at)
    return { mediaId: media.id, runId: nextRunId, ingestRunId }
  }

  private async accept(
    stores: SubAppStores,
    media: Media,
    { name, ...order }: NonNullable<RegisterMediaCommand['procedure']>,
    at: Date,
  ): Promise<RunId> {
    const { tasks } = await findProcedure(stores, media.subAppId, name)
    await this.waitingRoom.admit(stores, media.subAppId, tasks.length)
    return acceptRun(stores, { ...order, media, procedureName: name, tasks }, at)
  }
}

/** @throws AppError `session.duplicate` when what is there came of a later version */
async function takePlace(
  stores: SubAppStores,
  { id, subAppId }: Media,
  { dialect }: ArrivalOrder,
  version: ObjectVersion,
  at: Date,
): Promise<void> {
  const reference = referenceOf(version)
  const before = await stores.media.findByReference(subAppId, reference)
  if (before !== undefined && isOlder(version, before.sourceContext)) {
    throw new AppError('session.duplicate', 'A later version of the object is there.', { field: 'sequencer' })
  }
  if (before !== undefined) await deleteWhole(stores, before, dialect, at)
  await stores.media.change(id, { reference }, at)
}

/** @throws AppError `upload.notFound` when another call has made a media of it meanwhile */
async function useUpload({ uploads }: SubAppStores, token: string, mediaId: MediaId): Promise<void> {
  const upload = await uploads.lock(token)
  if (upload === undefined || upload.committedAs !== undefined) {
    throw new AppError('upload.notFound', 'There is no such upload, or it is over.', { field: 'token' })
  }
  await uploads.markCommitted(token, mediaId)
}
