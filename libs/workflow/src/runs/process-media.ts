import { AppError, type Clock, type MediaId, newMediaId, noteWork, type RunId, type SubAppId } from '@libs/kernel'
import { bucketPrefix } from '@libs/tasks'
import { z } from 'zod'
import type { Media, NewMedia } from '../media/media'
import { ingestMedia, insertMedia } from '../media/register-media'
import { newSourceKey } from '../media/source-key'
import { sourceNameOf } from '../media/source-name'
import type { Doorbell } from '../ports/doorbell.port'
import type { IdempotencyKey } from '../ports/stores/callers/idempotency-key.store.port'
import type { SubAppStores, SubAppWork } from '../ports/stores/unit-of-work.port'
import { findProcedure } from '../procedures/find-procedure'
import type { TaskRequest } from '../procedures/procedure'
import { type RevisedTask, reviseTasks } from '../templates/revise-tasks'
import { keptId, runOnce } from '../repeats/run-once'
import { acceptRun } from './accept-run'
import type { RunOrder } from './run-order'
import type { WaitingRoom } from './waiting-room'

/** A media that is registered, by its id or the caller's own, or a URL or an object of a bucket that becomes one. */
export type RunSource =
  | { readonly mediaId: MediaId }
  | { readonly reference: string }
  | { readonly url: string; readonly name: string; readonly extension: string }
  | { readonly bucket: string; readonly object: string }

export interface ProcessMediaCommand extends RunOrder {
  readonly subAppId: SubAppId
  readonly source: RunSource
  /** Under which it is done once. */
  readonly key?: IdempotencyKey | undefined
  /** Whether a media that could not be read is refused now, and not by tasks that fail. */
  readonly refusesUnreadable?: boolean
  /** What to make: task requests, some of them templates that are changed for this once, or the stored procedure that lists them. */
  readonly work: { readonly tasks: readonly (TaskRequest | RevisedTask)[] } | { readonly procedureName: string }
}

export interface AcceptedRun {
  readonly runId: RunId
  readonly mediaId: MediaId
}

const acceptedRun = z.object({ runId: keptId<RunId>(), mediaId: keptId<MediaId>() })

/** Of a media that is there for one run nobody is told but by that run. */
const untold = {
  type: 'ingest',
  dialect: '',
  notifyMode: 'none',
  nextRunId: undefined,
  sessionContext: '',
  sessionId: '',
} as const

/** The one way into the flow: every dialect's ProcessMedia ends here. */
export class ProcessMedia {
  constructor(
    private readonly work: SubAppWork,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
    private readonly waitingRoom: WaitingRoom,
  ) {}

  /** @throws AppError the fault of a media that is not to be read, `media.notFound`, `procedure.notFound`, `template.notFound`, `queue.notFound`, `subApp.busy`, `session.duplicate`, `request.missingParameter`, what `revise` of a task and `runOnce` throw */
  async execute({
    subAppId,
    source,
    work,
    refusesUnreadable,
    key,
    ...order
  }: ProcessMediaCommand): Promise<AcceptedRun> {
    const at = new Date(this.clock.nowMs())
    const accepted = await runOnce(this.work, { subAppId, key, at, kept: acceptedRun }, async (stores) => {
      const procedureName = 'procedureName' in work ? work.procedureName : undefined
      const tasks =
        'procedureName' in work
          ? (await findProcedure(stores, subAppId, work.procedureName)).tasks
          : await reviseTasks(stores, subAppId, work.tasks)
      await this.waitingRoom.admit(stores, subAppId, tasks.length + ('url' in source || 'object' in source ? 1 : 0))
      const media = await this.mediaOf(stores, subAppId, source, at)
      if (refusesUnreadable === true && media.fault !== undefined) {
        throw new AppError(media.fault.code, media.fault.detail, { field: 'mediaId' })
      }
      const runId = await acceptRun(stores, { ...order, media, procedureName, tasks }, at)
      return { runId, mediaId: media.id }
    })
    noteWork({ runId: accepted.runId })
    this.doorbell.ring('tasks')
    return accepted
  }

  private async mediaOf(stores: SubAppStores, subAppId: SubAppId, source: RunSource, at: Date): Promise<Media> {
    if ('url' in source || 'object' in source) {
      const media = await insertMedia(stores, newMediaOf(source, subAppId, at), at)
      await ingestMedia(stores, media, untold, at)
      return media
    }
    const media =
      'reference' in source
        ? await stores.media.findByReference(subAppId, source.reference)
        : await stores.media.findForRun(subAppId, source.mediaId)
    if (media !== undefined) return media
    const named = 'reference' in source ? source.reference : source.mediaId
    throw new AppError('media.notFound', `There is no media "${named}".`, { field: 'mediaId' })
  }
}

function newMediaOf(
  source: Extract<RunSource, { readonly url: string } | { readonly object: string }>,
  subAppId: SubAppId,
  at: Date,
): NewMedia {
  const id = newMediaId(at.getTime())
  if ('url' in source) return { ...source, subAppId, id, sourceKey: newSourceKey(subAppId, id, source.extension) }
  const { bucket, object } = source
  const named = sourceNameOf(object.slice(object.lastIndexOf('/') + 1))
  // The file stays where it is, and the caller's: whoever deletes the media does not delete it.
  return { ...named, subAppId, id, sourceKey: `${bucketPrefix(subAppId, bucket)}${object}`, url: undefined }
}
