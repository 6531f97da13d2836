import type { MediaId, SubAppId } from '@libs/kernel'
import { type Grip, type Upload, UploadStore } from '@libs/workflow'
import { type EntityManager, LessThanOrEqual } from 'typeorm'
import { z } from 'zod'
import { UploadEntity } from '../entities/upload.entity'

const media = z.object({
  id: z.custom<MediaId>((id) => typeof id === 'string'),
  name: z.string(),
  extension: z.string(),
  sourceKey: z.string(),
  sourceContext: z.string(),
  expiresAt: z.iso
    .datetime()
    .transform((written) => new Date(written))
    .optional(),
})

const procedure = z.object({
  name: z.string(),
  dialect: z.string(),
  priority: z.int(),
  notifyMode: z.enum(['finish', 'change', 'none']).optional(),
  queue: z.string().optional(),
  callbackUrl: z.string().optional(),
  sessionContext: z.string(),
})

const growing = z.object({ sizeBytes: z.int().optional(), metadata: z.string() })

function toGrowing(document: unknown): Upload['growing'] {
  const parsed = growing.nullable().parse(document)
  return parsed === null ? undefined : { ...parsed, sizeBytes: parsed.sizeBytes }
}

function toUpload(row: UploadEntity): Upload {
  const subAppId = row.subAppId as SubAppId
  const ordered = procedure.nullable().parse(row.procedure) ?? undefined
  return {
    token: row.token,
    subAppId,
    media: { ...media.parse(row.media), subAppId },
    coverKey: row.coverKey ?? undefined,
    procedure: ordered && { ...ordered, notifyMode: ordered.notifyMode },
    dialect: row.dialect,
    createdAt: row.createdAt,
    deadline: row.deadline,
    committedAs: (row.committedAs ?? undefined) as MediaId | undefined,
    growing: toGrowing(row.growing),
  }
}

export class PostgresUploadStore extends UploadStore {
  constructor(private readonly manager: EntityManager) {
    super()
  }

  override async insert(upload: Upload): Promise<void> {
    const { token, subAppId, dialect, createdAt, deadline } = upload
    await this.manager.query(
      `insert into upload (token, sub_app_id, media, cover_key, procedure, dialect, created_at, deadline, growing)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [token, subAppId, upload.media, upload.coverKey, upload.procedure, dialect, createdAt, deadline, upload.growing],
    )
  }

  override async find(token: string): Promise<Upload | undefined> {
    const row = await this.manager.findOneBy(UploadEntity, { token })
    return row === null ? undefined : toUpload(row)
  }

  override async lock(token: string): Promise<Upload | undefined> {
    const row = await this.manager.findOne(UploadEntity, { where: { token }, lock: { mode: 'pessimistic_write' } })
    return row === null ? undefined : toUpload(row)
  }

  override async declareSize(token: string, sizeBytes: number): Promise<void> {
    await this.manager.query(
      `update upload set growing = growing || jsonb_build_object('sizeBytes', $2::bigint) where token = $1`,
      [token, sizeBytes],
    )
  }

  override async hold(token: string, holder: string, at: Date, until: Date): Promise<Grip> {
    const [rows] = await this.manager.query<[{ is_wanted: boolean }[], number]>(
      `update upload
          set holder = $2, held_until = $4, is_wanted = is_wanted and holder is not distinct from $2
        where token = $1 and (holder is null or holder = $2 or held_until <= $3)
        returning is_wanted`,
      [token, holder, at, until],
    )
    const [row] = rows
    if (row === undefined) return 'taken'
    return row.is_wanted ? 'wanted' : 'held'
  }

  override async want(token: string): Promise<void> {
    await this.manager.query('update upload set is_wanted = true where token = $1 and holder is not null', [token])
  }

  override async letGo(token: string, holder: string): Promise<void> {
    await this.manager.query(
      'update upload set holder = null, held_until = null, is_wanted = false where token = $1 and holder = $2',
      [token, holder],
    )
  }

  override async markCommitted(token: string, mediaId: MediaId): Promise<void> {
    await this.manager.update(UploadEntity, { token }, { committedAs: mediaId })
  }

  override async listOver(limit: number, at: Date): Promise<readonly Upload[]> {
    const where = { deadline: LessThanOrEqual(at) }
    const rows = await this.manager.find(UploadEntity, { where, order: { deadline: 'asc' }, take: limit })
    return rows.map(toUpload)
  }

  override async remove(token: string): Promise<void> {
    await this.manager.delete(UploadEntity, { token })
  }
}
