import type { Fault, MediaId, SubAppId } from '@libs/kernel'
import type { MediaInfo } from '@libs/tasks'
import {
  type ClaimedRemoval,
  type Cover,
  type Media,
  type MediaFields,
  type MediaQuery,
  MediaStore,
  mostCounted,
  type Page,
  referenceTaken,
  type Removal,
} from '@libs/workflow'
import { randomUUID } from 'node:crypto'
import { type EntityManager, QueryFailedError } from 'typeorm'
import { z } from 'zod'
import { MediaEntity } from '../../entities/media.entity'
import { RemovalEntity } from '../../entities/removal.entity'
import { columnsOf, entityOf, type JoinedRow } from '../joined-rows'
import { conditionsOf } from './media-search'
import { toMedia } from '../rows'

/** The full lock waits for runs that are being accepted on the media (`findForRun`); a change of cover does not. */
const whereIngesting = `where id = (select id from media where id = $1 and state = 'ingesting' for update)`

const insertMedia = `
  insert into media (id, sub_app_id, name, description, extension, source_key, source_url, source_context, state, info,
                     fault, cover_key, tags, marks, created_at, updated_at, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`

const claimRemovals = (columns: string) => `
  with due as (
    select id from removal where due_at <= $2 order by due_at limit $1 for update skip locked
  ), claimed as (
    update removal set due_at = $3 from due where removal.id = due.id returning removal.*
  )
  select claimed.id, claimed.cover_key, claimed.parts, claimed.keys, claimed.dialect, claimed.is_second_look, ${columns}
  from claimed join media on media.id = claimed.media_id`

const changeable: Readonly<Record<keyof MediaFields, string>> = {
  name: 'name',
  description: 'description',
  reference: 'reference',
  coverKey: 'cover_key',
  tags: 'tags',
  marks: 'marks',
  expiresAt: 'expires_at',
}

const textOrNone = z.string().nullable()
const removalKeys = z.array(z.string()).nullable()
const removalParts = z.array(z.enum(['source', 'madeCover'])).nullable()

function breaks(thrown: unknown, constraint: string): boolean {
  return thrown instanceof QueryFailedError && Reflect.get(thrown.driverError, 'constraint') === constraint
}

export class PostgresMediaStore extends MediaStore {
  constructor(private readonly manager: EntityManager) {
    super()
  }

  override async insert(media: Media): Promise<void> {
    await this.manager.query(insertMedia, [
      ...[media.id, media.subAppId, media.name, media.description, media.extension, media.sourceKey, media.sourceUrl],
      ...[media.sourceContext, media.state, media.info, media.fault, media.coverKey, media.tags],
      ...[JSON.stringify(media.marks), media.createdAt, media.updatedAt, media.expiresAt],
    ])
  }

  override async find(subAppId: SubAppId, id: MediaId): Promise<Media | undefined> {
    return (await this.findMany(subAppId, [id]))[0]
  }

  override findMany(subAppId: SubAppId, ids: readonly MediaId[]): Promise<readonly Media[]> {
    return this.select('sub_app_id = $1 and id = any($2::text[]) and deleted_at is null', [subAppId, ids])
  }

  override async findOfRun(id: MediaId): Promise<Media | undefined> {
    return (await this.select('id = $1', [id]))[0]
  }

  override async findForRun(subAppId: SubAppId, id: MediaId): Promise<Media | undefined> {
    return (await this.select('sub_app_id = $1 and id = $2 and deleted_at is null for key share', [subAppId, id]))[0]
  }

  override async findByReference(subAppId: SubAppId, reference: string): Promise<Media | undefined> {
    const where = 'sub_app_id = $1 and reference = $2 and deleted_at is null for key share'
    return (await this.select(where, [subAppId, reference]))[0]
  }

  override async findForChange(subAppId: SubAppId, id: MediaId): Promise<Media | undefined> {
    return (await this.select('sub_app_id = $1 and id = $2 and deleted_at is null for update', [subAppId, id]))[0]
  }

  override async search(subAppId: SubAppId, query: MediaQuery): Promise<Page<Media>> {
    const { text, values } = conditionsOf(subAppId, query)
    const [counted] = await this.manager.query<{ count: number }[]>(
      `select count(*)::integer from (select from media where ${text} limit ${mostCounted}) as found`,
      [...values],
    )
    const order = query.order === 'ascending' ? 'asc' : 'desc'
    const part = `order by created_at ${order}, id ${order} offset ${query.offset} limit ${query.limit}`
    return { totalCount: counted?.count ?? 0, items: await this.select(`${text} ${part}`, values) }
  }

  override async change(id: MediaId, fields: Partial<MediaFields>, at: Date): Promise<void> {
    const set: (readonly [column: string, value: unknown])[] = [['updated_at', at]]
    for (const [field, column] of Object.entries(changeable) as [keyof MediaFields, string][]) {
      const value = fields[field]
      if (field in fields) set.push([column, field === 'marks' ? JSON.stringify(value) : value])
    }
    const places = set.map(([column], index) => `${column} = $${index + 2}`).join(', ')
    await this.manager
      .query(`update media set ${places} where id = $1`, [id, ...set.map(([, value]) => value)])
      .catch((thrown: unknown) => {
        throw breaks(thrown, 'media_by_reference') ? referenceTaken() : thrown
      })
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

  override async markDeleted(id: MediaId, at: Date): Promise<void> {
    await this.manager.update(MediaEntity, { id }, { deletedAt: at })
  }

  override lockExpired(limit: number, at: Date): Promise<readonly Media[]> {
    const due = 'expires_at <= $1 and deleted_at is null order by expires_at limit $2 for update skip locked'
    return this.select(due, [at, limit])
  }

  override async insertRemoval({ media, parts, dialect }: Removal, at: Date): Promise<void> {
    await this.manager.query(
      `insert into removal (id, media_id, cover_key, parts, dialect, is_second_look, due_at)
       values ($1, $2, $3, $4, $5, false, $6)`,
      [randomUUID(), media.id, media.coverKey, parts && JSON.stringify(parts), dialect, at],
    )
  }

  override async claimRemovals(limit: number, at: Date, againAt: Date): Promise<readonly ClaimedRemoval[]> {
    const statement = claimRemovals(columnsOf(this.manager, MediaEntity, 'media'))
    const rows = await this.manager.query<JoinedRow[]>(statement, [limit, at, againAt])
    return rows.map((row) => ({
      id: String(row['id']),
      media: { ...this.mediaIn(row), coverKey: textOrNone.parse(row['cover_key']) ?? undefined },
      parts: removalParts.parse(row['parts']) ?? undefined,
      keys: removalKeys.parse(row['keys']) ?? undefined,
      dialect: String(row['dialect']),
      isSecondLook: row['is_second_look'] === true,
    }))
  }

  override async lookAgain(removalId: string, at: Date): Promise<void> {
    await this.manager.update(RemovalEntity, { id: removalId }, { isSecondLook: true, dueAt: at })
  }

  override async endRemoval(removalId: string): Promise<void> {
    await this.manager.delete(RemovalEntity, { id: removalId })
  }

  private async select(conditions: string, values: readonly unknown[]): Promise<readonly Media[]> {
    const columns = columnsOf(this.manager, MediaEntity, 'media')
    const rows = await this.manager.query<JoinedRow[]>(`select ${columns} from media where ${conditions}`, [...values])
    return rows.map((row) => this.mediaIn(row))
  }

  private mediaIn(row: JoinedRow): Media {
    return toMedia(entityOf(this.manager, MediaEntity, 'media', row))
  }
}
