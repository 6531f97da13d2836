import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { MediaEntity } from './media.entity'

/** A deletion whose files are still to be removed. */
@Entity('removal')
export class RemovalEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'removal_pk' })
  id!: string

  @Column('text', { name: 'media_id' })
  mediaId!: string

  @ManyToOne(() => MediaEntity)
  @JoinColumn({ name: 'media_id', foreignKeyConstraintName: 'removal_media_fk' })
  media!: MediaEntity

  /** The cover that the media had. */
  @Column('text', { name: 'cover_key', nullable: true })
  coverKey!: string | null

  /** Null: all of it. */
  @Column('jsonb', { nullable: true })
  parts!: unknown

  /** Just these, of which nobody is told; null: what `parts` says. */
  @Column('text', { array: true, nullable: true })
  keys!: string[] | null

  @Column('text')
  dialect!: string

  @Column('boolean', { name: 'is_second_look' })
  isSecondLook!: boolean

  @Index('removal_due')
  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date
}
