import type { MediaState } from '@libs/workflow'
import { Column, Entity, PrimaryColumn } from 'typeorm'

@Entity('media')
export class MediaEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'media_pk' })
  id!: string

  @Column('integer', { name: 'sub_app_id' })
  subAppId!: number

  @Column('text')
  name!: string

  @Column('text')
  extension!: string

  @Column('text', { name: 'source_key' })
  sourceKey!: string

  @Column('text', { name: 'source_url', nullable: true })
  sourceUrl!: string | null

  @Column('text')
  state!: MediaState

  @Column('jsonb', { nullable: true })
  info!: unknown

  @Column('jsonb', { nullable: true })
  fault!: unknown

  @Column('text', { name: 'cover_key', nullable: true })
  coverKey!: string | null

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date
}
