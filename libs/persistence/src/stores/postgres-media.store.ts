import type { Fault, MediaId, SubAppId } from '@libs/kernel'
import type { MediaInfo } from '@libs/tasks'
import { type Cover, type Media, MediaStore } from '@libs/workflow'
import type { EntityManager } from 'typeorm'
import { MediaEntity } from '../entities/media.entity'
import { columnsOf, entityOf, type JoinedRow } from './joined-rows'
import { toMedia } from './rows'

/** The full lock waits for runs that are being accepted on the media (`findForRun`); a change of cover does not. */
const whereIngesting = `where id = (select id from media where id = $1 and state = 'ingesting' for update)`

export class PostgresMediaStore extends MediaStore {
  constructor(private readonly manager: EntityManager) {
    super()
  }

  override async insert(media: Media): Promise<void> {
    await this.manager.query(
      `insert into media (id, sub_app_id, name, extension, source_key, source_url, state, info, fault, cover_key, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        media.id,
        media.subAppId,
        media.name,
        media.extension,
        media.sourceKey,
        media.sourceUrl,
        media.state,
        media.info,
        media.fault,
        media.coverKey,
        media.createdAt,
      ],
    )
  }

  override find(subAppId: SubAppId, id: MediaId): Promise<Media | undefined> {
    return this.select(subAppId, id, '')
  }

  override findForRun(subAppId: SubAppId, id: MediaId): Promise<Media | undefined> {
    return this.select(subAppId, id, 'for key share')
  }

  override async becomeReady(id: MediaId, info: MediaInfo): Promise<void> {
    await this.manager.query(`update media set state = 'ready', info = $2 ${whereIngesting}`, [id, info])
  }

  override async becomeFailed(id: MediaId, fault: Fault): Promise<void> {
    await this.manager.query(`update media set state = 'failed', fault = $2 ${whereIngesting}`, [id, fault])
  }

  override async setCovers(covers: readonly Cover[]): Promise<void> {
    if (covers.length === 0) return
    const latest = new Map(covers.map(({ mediaId, key }) => [mediaId, key]))
    // In the order of ids, as all who lock several rows do.
    await this.manager.query(
      `update media set cover_key = cover.key
       from (
         select media.id, given.key from media join unnest($1::text[], $2::text[]) as given(id, key) on given.id = media.id
         order by media.id for no key update of media
       ) as cover
       where media.id = cover.id`,
      [[...latest.keys()], [...latest.values()]],
    )
  }

  private async select(subAppId: SubAppId, id: MediaId, lock: '' | 'for key share'): Promise<Media | undefined> {
    const columns = columnsOf(this.manager, MediaEntity, 'media')
    const statement = `select ${columns} from media where sub_app_id = $1 and id = $2 ${lock}`
    const [row] = await this.manager.query<JoinedRow[]>(statement, [subAppId, id])
    return row && toMedia(entityOf(this.manager, MediaEntity, 'media', row))
  }
}
