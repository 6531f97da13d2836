import type { Fault, MediaId, SubAppId } from '@libs/kernel'
import type { MediaInfo } from '@libs/tasks'
import { type Media, MediaStore } from '@libs/workflow'
import type { EntityManager } from 'typeorm'
import { MediaEntity } from '../entities/media.entity'
import { toMedia } from './rows'

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

  override async find(subAppId: SubAppId, id: MediaId): Promise<Media | undefined> {
    const row = await this.manager.findOneBy(MediaEntity, { subAppId, id })
    return row === null ? undefined : toMedia(row)
  }

  override async findForRun(subAppId: SubAppId, id: MediaId): Promise<Media | undefined> {
    const row = await this.manager.findOne(MediaEntity, {
      where: { subAppId, id },
      lock: { mode: 'pessimistic_read' },
    })
    return row === null ? undefined : toMedia(row)
  }

  override async becomeReady(id: MediaId, info: MediaInfo): Promise<void> {
    await this.manager.query(`update media set state = 'ready', info = $2 where id = $1 and state = 'ingesting'`, [
      id,
      info,
    ])
  }

  override async becomeFailed(id: MediaId, fault: Fault): Promise<void> {
    await this.manager.query(`update media set state = 'failed', fault = $2 where id = $1 and state = 'ingesting'`, [
      id,
      fault,
    ])
  }

  override async setCover(id: MediaId, coverKey: string): Promise<void> {
    await this.manager.query(`update media set cover_key = $2 where id = $1`, [id, coverKey])
  }
}
