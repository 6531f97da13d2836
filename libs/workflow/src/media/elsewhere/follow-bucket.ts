import type { Clock, MediaId, SubAppId } from '@libs/kernel'
import type { Doorbell } from '../../ports/doorbell.port'
import type { ObjectUrls } from '../../ports/files/object-urls.port'
import type { SubAppWork } from '../../ports/stores/unit-of-work.port'
import { deleteWhole } from '../delete-media'
import { isOlder, type ObjectVersion, referenceOf, versionId } from './object-version'
import type { RegisteredMedia } from '../register-media'
import { sourceNameOf } from '../source-name'
import type { FinishedFile, TakeFinished } from './take-finished'

/** The longest that S3 signs for. */
const readableForMs = 7 * 24 * 3_600_000

/** Media follow what happens to the objects of a bucket, however often and in which order that is told. */
export class FollowBucket {
  constructor(
    private readonly work: SubAppWork,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
    private readonly urls: ObjectUrls,
    private readonly takeFinished: TakeFinished,
  ) {}

  /**
   * @param tag tells versions apart where a bucket numbers none
   * @returns undefined when it is known, or a later one
   * @throws AppError `auth.forbidden`, `storage.failed`, as `TakeFinished`
   */
  async created(
    subAppId: SubAppId,
    version: ObjectVersion,
    tag: string,
    procedure: FinishedFile['procedure'],
  ): Promise<RegisteredMedia | undefined> {
    const url = await this.urls.urlOf(subAppId, version, new Date(this.clock.nowMs() + readableForMs))
    const source = sourceNameOf(version.key.slice(version.key.lastIndexOf('/') + 1))
    const said = { by: 's3', id: versionId(version, tag) }
    const taken = await this.takeFinished.execute({ subAppId, said, source, url, procedure, versionOf: version })
    if (taken !== undefined) this.doorbell.ring('aborts')
    return taken
  }

  /** @returns the media that is deleted with its object; undefined when there is none, or it came of a later version */
  async removed(subAppId: SubAppId, version: ObjectVersion): Promise<MediaId | undefined> {
    const at = new Date(this.clock.nowMs())
    const id = await this.work.run(subAppId, async (stores) => {
      const known = await stores.media.findByReference(subAppId, referenceOf(version))
      const media = known && (await stores.media.findForChange(subAppId, known.id))
      if (media === undefined || isOlder(version, media.sourceContext)) return undefined
      await deleteWhole(stores, media, '', at)
      return media.id
    })
    if (id !== undefined) this.doorbell.ring('aborts')
    return id
  }
}
