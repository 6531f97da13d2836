import type { MediaId, SubAppId } from '@libs/kernel'
import { type Upload, UploadStore } from '@libs/workflow'
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
  sessionContext: z.string(),
})

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
  }
}

export class PostgresUploadStore extends UploadStore {
  constructor(private readonly manager: EntityManager) {
    super()
  }

  override async insert(upload: Upload): Promise<void> {
    const { token, subAppId, dialect, createdAt, deadline } = upload
    await this.manager.query(
      `insert into upload (token, sub_app_id, media, cover_key, procedure, dialect, created_at, deadline)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [token, subAppId, upload.media, upload.coverKey, upload.procedure, dialect, createdAt, deadline],
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
