import type { Clock } from '@libs/kernel'
import { storeEvents } from '../events/store-events'
import type { Doorbell } from '../ports/doorbell.port'
import type { EventRenderer } from '../ports/event-renderer.port'
import type { StoredFiles } from '../ports/stored-files.port'
import type { ClaimedRemoval } from '../ports/stores/media.store.port'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'
import { ringFor } from '../runs/settling/settle-verdicts'
import { givenCoversOf } from './cover-file'
import { deleteWhole } from './delete-media'

const batch = 20

/** How long until a removal that was cut off is tried again. */
const leaseMs = 120_000

/** A worker that was at it when its media was deleted may still write: the files are removed once more then. */
const secondLookMs = 3_600_000

/** Removes the files of what was deleted or given up, and tells of what was deleted when they are gone. */
export class RemoveDeleted {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly files: StoredFiles,
    private readonly renderer: EventRenderer,
    private readonly doorbell: Doorbell,
  ) {}

  /** @returns how many deletions it has carried out */
  async execute(): Promise<number> {
    const at = new Date(this.clock.nowMs())
    const removals = await this.unitOfWork.stores.media.claimRemovals(batch, at, new Date(at.getTime() + leaseMs))
    for (const removal of removals) {
      for (const prefix of await this.prefixesOf(removal)) await this.files.removeAll(prefix)
      await this.end(removal)
    }
    return removals.length
  }

  private async prefixesOf({ media, parts, keys }: ClaimedRemoval): Promise<readonly string[]> {
    if (keys !== undefined) return keys
    const { id, subAppId, coverKey } = media
    const source = `sources/${subAppId}/${id}`
    if (parts !== undefined) {
      const made = parts.includes('madeCover') && coverKey?.startsWith('artifacts/') === true ? [coverKey] : []
      return parts.includes('source') ? [source, givenCoversOf(subAppId, id), ...made] : made
    }
    const runIds = await this.unitOfWork.stores.history.idsOfMedia(id)
    return [source, givenCoversOf(subAppId, id), ...runIds.map((runId) => `artifacts/${subAppId}/${runId}`)]
  }

  private async end({ id, isSecondLook, keys, ...removal }: ClaimedRemoval): Promise<void> {
    const { media, parts, dialect } = removal
    const at = new Date(this.clock.nowMs())
    const ways = await this.unitOfWork.run(async (stores) => {
      if (isSecondLook || keys !== undefined) {
        await stores.media.endRemoval(id)
        return new Set<never>()
      }
      await stores.media.lookAgain(id, new Date(at.getTime() + secondLookMs))
      const event = { type: 'mediaDeleted', media, parts } as const
      const about = { subAppId: media.subAppId, dialect, subjectId: media.id, stateKey: `deleted ${id}` }
      return storeEvents(stores, this.renderer, [{ event, ...about }], at)
    })
    ringFor(ways, this.doorbell)
  }
}

/** Deletes media whose time has come. */
export class ExpireMedia {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
  ) {}

  /** @returns how many it deleted */
  async execute(): Promise<number> {
    const at = new Date(this.clock.nowMs())
    const expired = await this.unitOfWork.run(async (stores) => {
      const media = await stores.media.lockExpired(batch, at)
      for (const each of media) await deleteWhole(stores, each, '', at)
      return media.length
    })
    if (expired > 0) this.doorbell.ring('aborts')
    return expired
  }
}
