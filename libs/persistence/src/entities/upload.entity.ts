import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

@Entity('upload')
export class UploadEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'upload_pk' })
  token!: string

  @Column('integer', { name: 'sub_app_id' })
  subAppId!: number

  @Column('jsonb')
  media!: unknown

  @Column('text', { name: 'cover_key', nullable: true })
  coverKey!: string | null

  @Column('jsonb', { nullable: true })
  procedure!: unknown

  @Column('text')
  dialect!: string

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date

  @Index('upload_deadline')
  @Column('timestamptz')
  deadline!: Date

  @Column('text', { name: 'committed_as', nullable: true })
  committedAs!: string | null

  @Column('jsonb', { nullable: true })
  growing!: unknown

  @Column('text', { nullable: true })
  holder!: string | null

  @Column('timestamptz', { name: 'held_until', nullable: true })
  heldUntil!: Date | null

  @Column('boolean', { name: 'is_wanted', default: false })
  isWanted!: boolean
}
