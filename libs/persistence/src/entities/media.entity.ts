import type { MediaState } from '@libs/workflow'
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

@Entity('media')
@Index('media_created', ['subAppId', 'createdAt', 'id'], { where: `(deleted_at IS NULL)` })
@Index('media_by_reference', ['subAppId', 'reference'], { unique: true, where: `(deleted_at IS NULL)` })
@Index('media_expiring', ['expiresAt'], { where: `((expires_at IS NOT NULL) AND (deleted_at IS NULL))` })
export class MediaEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'media_pk' })
  id!: string

  @Column('integer', { name: 'sub_app_id' })
  subAppId!: number

  @Column('text')
  name!: string

  @Column('text')
  description!: string

  @Column('text')
  extension!: string

  @Column('text', { name: 'source_key' })
  sourceKey!: string

  @Column('text', { name: 'source_url', nullable: true })
  sourceUrl!: string | null

  @Column('text', { nullable: true })
  reference!: string | null

  @Column('text', { name: 'source_context' })
  sourceContext!: string

  @Column('text')
  state!: MediaState

  @Column('jsonb', { nullable: true })
  info!: unknown

  @Column('jsonb', { nullable: true })
  fault!: unknown

  @Column('text', { name: 'cover_key', nullable: true })
  coverKey!: string | null

  @Column('text', { array: true })
  tags!: string[]

  @Column('jsonb')
  marks!: unknown

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null

  /** The row stays for the runs that were made of it. */
  @Column('timestamptz', { name: 'deleted_at', nullable: true })
  deletedAt!: Date | null

  /** When its file was given up, and not the media. */
  @Column('timestamptz', { name: 'source_discarded_at', nullable: true })
  sourceDiscardedAt!: Date | null
}
